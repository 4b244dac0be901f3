import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import FileInput from "@cloudscape-design/components/file-input";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { maxImportedModelBytes } from "@systemhealer/contract/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { shortName } from "../../lib/short-name.ts";
import { FormWindow } from "../../ui/FormWindow.tsx";
import { NameField } from "../../ui/NameField.tsx";
import { notify } from "../../ui/notifications.tsx";
import { useErrorText } from "../../ui/use-error-text.ts";
import { type ImportStep, importModel, importProblem } from "./import-model.ts";

/** A window that takes a model file, shows how far it is, and why it was refused where it was. */
export function ImportWindow({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const [file, setFile] = useState<File>();
  const [name, setName] = useState("");
  const [step, setStep] = useState<ImportStep>();
  const most = formats.mostBytes(maxImportedModelBytes);
  const problem = file && importProblem(file, maxImportedModelBytes);
  const importing = useMutation({
    mutationFn: (chosen: File) => importModel(client, chosen, name.trim(), setStep),
    onSuccess: async (model) => {
      await queryClient.invalidateQueries({ queryKey: ["models"] });
      notify({ type: "success", text: t("models.importDone", { name: model.name }) });
      onClose();
      await navigate(`/models/${model.modelId}`);
    },
    onSettled: () => setStep(undefined),
  });
  const isReady = file !== undefined && !problem && name.trim() !== "";
  const start = () => {
    if (file) importing.mutate(file);
  };
  return (
    <FormWindow
      title={t("models.importTitle")}
      submitText={t("models.importStart")}
      isReady={isReady}
      isPending={importing.isPending}
      onSubmit={start}
      onClose={onClose}
    >
      <Box>{t("models.importHint")}</Box>
      <FormField
        label={t("models.importFile")}
        constraintText={t("models.importConstraint", { size: most })}
        errorText={problem && t(`models.${problem}`, { size: formats.bytes(file.size), most })}
      >
        <SpaceBetween size="xs" direction="horizontal" alignItems="center">
          <FileInput
            accept=".onnx"
            value={file ? [file] : []}
            ariaLabel={t("models.importChoose")}
            onChange={({ detail }) => {
              const [chosen] = detail.value;
              importing.reset();
              setFile(chosen);
              if (chosen && name === "") setName(shortName(chosen.name.replace(/\.onnx$/i, "")));
            }}
          >
            {t("models.importChoose")}
          </FileInput>
          {file && t("common.withDetail", { name: file.name, detail: formats.bytes(file.size) })}
        </SpaceBetween>
      </FormField>
      <NameField name={name} onChange={setName} />
      <div role="status">{step && <StatusIndicator type="in-progress">{t(`models.${step}`)}</StatusIndicator>}</div>
      {importing.error && (
        <Alert type="error" header={t("models.importRefused")} statusIconAriaLabel={t("common.error")}>
          {errorText(importing.error)}
        </Alert>
      )}
    </FormWindow>
  );
}
