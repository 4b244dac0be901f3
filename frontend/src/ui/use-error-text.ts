import { ApiError, ConnectionError } from "@systemhealer/contract/client-errors";
import { message } from "@systemhealer/contract/messages/message";
import { UploadError } from "@systemhealer/contract/upload";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { inSequence } from "../i18n/in-sequence.ts";
import { currentLanguage } from "../i18n/language.ts";
import { SignInError } from "../lib/user-pool.ts";

/** An error as a sentence in the reader's language. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (error instanceof ApiError) {
        const { code, parameters, detail, errors = [] } = error.problem;
        const sentence = code === "internal" && detail ? detail : message(code, parameters, currentLanguage());
        const details = errors.slice(0, 5).map((entry) => entry.detail);
        return inSequence([sentence, ...details.filter((text) => !sentence.includes(text))]);
      }
      if (error instanceof ConnectionError) return t("common.noConnection");
      if (error instanceof UploadError) {
        if (error.code === "file-changed") return t("upload.fileChanged");
        if (error.code === "storage-unreachable") return t("upload.storageUnreachable");
        return t("upload.storageRefused", { reason: error.message });
      }
      if (error instanceof SignInError) {
        const known = t("auth.errors", { returnObjects: true }) as unknown as Readonly<Record<string, string>>;
        return known[error.code] ?? t("auth.errors.other", { reason: error.message });
      }
      return t("common.unexpected", { reason: error instanceof Error ? error.message : String(error) });
    },
    [t],
  );
}
