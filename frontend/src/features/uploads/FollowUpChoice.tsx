import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import { visible } from "@systemhealer/contract/visible";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useQueries } from "../../lib/use-queries.ts";
import type { FollowUp } from "./upload-queue.ts";

export interface FollowUpChoiceProps {
  readonly purpose: DatasetPurpose;
  readonly followUp: FollowUp | undefined;
  readonly onChange: (followUp: FollowUp | undefined) => void;
}

/** Upload, train and diagnose in one go: what is to happen once a file is checked. */
export function FollowUpChoice({ purpose, followUp, onChange }: FollowUpChoiceProps) {
  const { t } = useTranslation();
  const queries = useQueries();
  const { data: session } = useQuery(queries.session());
  const { data } = useInfiniteQuery(queries.datasets("ready", 100, "diagnosis"));
  const diagnosable = (data?.pages ?? []).flatMap(({ items }) =>
    items.map(({ datasetId, name }) => ({ value: datasetId as string, label: visible(name) })),
  );
  const nothing = { value: "", label: t("train.thenNothing") };
  const isChosen = followUp !== undefined;
  if (purpose === "diagnosis") {
    return (
      <Checkbox
        checked={isChosen}
        disabled={!session?.activeModelId}
        onChange={({ detail }) => onChange(detail.checked ? { followUp: "diagnose" } : undefined)}
      >
        {t("upload.thenDiagnose")}
      </Checkbox>
    );
  }
  return (
    <SpaceBetween size="m">
      <Checkbox
        checked={isChosen}
        onChange={({ detail }) => onChange(detail.checked ? { followUp: "train" } : undefined)}
      >
        {t("upload.thenTrain")}
      </Checkbox>
      {isChosen && diagnosable.length > 0 && (
        <FormField label={t("train.thenDiagnose")} description={t("train.thenDiagnoseHint")}>
          <Select
            selectedOption={diagnosable.find(({ value }) => value === followUp.thenDiagnose) ?? nothing}
            options={[nothing, ...diagnosable]}
            onChange={({ detail: { selectedOption } }) => {
              const { value } = selectedOption;
              onChange({ followUp: "train", ...(value && { thenDiagnose: value }) });
            }}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
