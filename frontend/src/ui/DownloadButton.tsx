import Button from "@cloudscape-design/components/button";
import type { Download } from "@systemhealer/contract/artefact";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { saveFrom } from "../lib/save-file.ts";
import { notify } from "./notifications.tsx";
import { useErrorText } from "./use-error-text.ts";

export interface DownloadButtonProps {
  /** Asks the API for a short-lived address. */
  readonly address: () => Promise<Download>;
  /** Default: normal. */
  readonly variant?: "primary" | "normal";
  readonly children: ReactNode;
}

export function DownloadButton({ address, variant = "normal", children }: DownloadButtonProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const asking = useMutation({
    mutationFn: address,
    onSuccess: ({ url, fileName, restored }) => {
      if (restored) notify({ type: "warning", text: t("common.restored", { file: fileName }) });
      saveFrom(url, fileName);
    },
    onError: (error) => notify({ type: "error", text: errorText(error) }),
  });
  return (
    <Button variant={variant} iconName="download" loading={asking.isPending} onClick={() => asking.mutate()}>
      {children}
    </Button>
  );
}
