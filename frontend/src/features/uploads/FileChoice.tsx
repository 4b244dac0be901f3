import FileDropzone from "@cloudscape-design/components/file-dropzone";
import FileInput from "@cloudscape-design/components/file-input";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { acceptedTypes } from "../../lib/check-file.ts";
import { useCanDrag } from "../../ui/use-can-drag.ts";
import { useFileCheck } from "../../ui/use-file-check.ts";

export interface FileChoiceProps {
  readonly purpose: DatasetPurpose;
  readonly file: File | undefined;
  readonly onFile: (file: File | undefined) => void;
}

/** A place for one file; one that is not worth sending is refused with the reason. */
export function FileChoice({ purpose, file, onFile }: FileChoiceProps) {
  const { t } = useTranslation();
  const canDrag = useCanDrag();
  const formats = useFormats();
  const { refusalOf } = useFileCheck();
  const [refusal, setRefusal] = useState("");
  const take = ([chosen]: readonly File[]) => {
    if (!chosen) return;
    const reason = refusalOf(chosen);
    setRefusal(reason ?? "");
    onFile(reason ? undefined : chosen);
  };
  return (
    <FormField
      stretch
      label={t(`upload.chain.${purpose}`)}
      description={t(`upload.chain.${purpose}Hint`)}
      errorText={refusal}
    >
      <FileDropzone onChange={({ detail }) => take(detail.value)}>
        <SpaceBetween size="xs" alignItems="center">
          {canDrag && <span>{t("upload.drop")}</span>}
          <FileInput
            accept={acceptedTypes.join(",")}
            value={[]}
            ariaLabel={t("common.fact", { name: t("upload.chain.choose"), value: t(`upload.chain.${purpose}`) })}
            onChange={({ detail }) => take(detail.value)}
          >
            {t("upload.chain.choose")}
          </FileInput>
          <StatusIndicator type={file ? "success" : "pending"} wrapText>
            {file
              ? t("upload.chain.chosen", { name: file.name, size: formats.bytes(file.size) })
              : t("upload.chain.none")}
          </StatusIndicator>
        </SpaceBetween>
      </FileDropzone>
    </FormField>
  );
}
