import { defaultLimits } from "@systemhealer/contract/limits";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/use-formats.ts";
import { checkFile } from "../lib/check-file.ts";
import { useQueries } from "../lib/use-queries.ts";

export interface FileCheck {
  /** Of a file that may be sent. */
  readonly maxBytes: number;
  /** Why a file is not worth sending, in words; undefined where it is. */
  readonly refusalOf: (file: File) => string | undefined;
}

/** What is known of a file before it is sent: its size and its kind, against what the workspace may have. */
export function useFileCheck(): FileCheck {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: session } = useQuery(useQueries().session());
  const maxBytes = (session?.limits ?? defaultLimits).maxFileBytes;
  return {
    maxBytes,
    refusalOf: (file) => {
      const reason = checkFile(file, maxBytes);
      const sizes = { name: file.name, size: formats.bytes(file.size), max: formats.bytes(maxBytes) };
      return reason && t(`upload.${reason}`, sizes);
    },
  };
}
