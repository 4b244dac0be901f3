import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import type { TrainingSettings } from "@systemhealer/contract/training-settings";
import { visible } from "@systemhealer/contract/visible";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { useSettled } from "../../lib/use-settled.ts";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { NameField } from "../../ui/NameField.tsx";
import { notify } from "../../ui/notifications.tsx";
import { OrderForm } from "../../ui/OrderForm.tsx";
import { Page } from "../../ui/Page.tsx";
import { LearnerChoice } from "./LearnerChoice.tsx";
import { SettingsForm } from "./SettingsForm.tsx";
import { entriesOf, settingsOf } from "./settings-form.ts";

/** `?dataset=` chooses the data set, `?run=` takes over the order of an earlier run, `?anew=` trains it in any case. */
export function TrainPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const runId = search.get("run") ?? "";
  const { data: run, error } = useQuery({ ...useQueries().run(runId), enabled: runId !== "" });
  const order = run?.kind === "training" ? run : undefined;
  return (
    <Page title={t("train.title")} description={t("train.description")}>
      <ErrorAlert error={error} />
      {runId !== "" && !run && !error ? (
        <Loading />
      ) : (
        <TrainForm
          datasetId={order?.datasetId ?? search.get("dataset") ?? ""}
          settings={order?.settings}
          thenDiagnose={order?.thenDiagnose ?? ""}
          anew={search.has("anew")}
        />
      )}
    </Page>
  );
}

interface TrainFormProps {
  readonly datasetId: string;
  readonly settings: TrainingSettings | undefined;
  /** Id of a data set; empty for none. */
  readonly thenDiagnose: string;
  /** Whether to train even where there is such a model. */
  readonly anew: boolean;
}

function TrainForm({ datasetId, settings: former, thenDiagnose, anew }: TrainFormProps) {
  const { t } = useTranslation();
  const { client } = useServices();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { options, isPending, isFetching, error } = useReady("training");
  const { options: diagnosable, isPending: areFilesPending } = useReady("diagnosis");
  const [next, setNext] = useState(thenDiagnose);
  const [chosen, setChosen] = useState(datasetId);
  const [name, setName] = useState("");
  const [force, setForce] = useState(anew);
  const [entries, setEntries] = useState(() => entriesOf(former));
  const settings = settingsOf(entries);
  const nothing = { value: "", label: t("train.thenNothing") };
  const usual = useSettled(options[0]?.value, isFetching);
  const selected = options.find(({ value }) => value === (chosen || usual));
  // A file that an earlier run was followed by may be gone.
  const then = diagnosable.find(({ value }) => value === next);
  const starting = useMutation({
    mutationFn: (order: { readonly datasetId: string; readonly settings: TrainingSettings }) => {
      const wishes = {
        ...(name.trim() && { name: name.trim() }),
        ...(then && { thenDiagnose: then.value }),
        ...(force && { force }),
      };
      return client.call("createTrainingRun", { body: { ...order, ...wishes } });
    },
    onSuccess: ({ runId }) => {
      notify({ type: "success", text: t("train.started") });
      void queryClient.invalidateQueries({ queryKey: ["runs"] });
      return navigate(`/runs/${runId}`);
    },
  });

  if (isPending || areFilesPending) return <Loading />;
  if (error && options.length === 0) return <ErrorAlert error={error} />;
  if (options.length === 0) {
    return (
      <Alert
        statusIconAriaLabel={t("common.info")}
        action={<LinkButton to="/data/upload">{t("nav.upload")}</LinkButton>}
      >
        {t("train.noDatasets")}
      </Alert>
    );
  }
  return (
    <OrderForm
      submitText={t("train.start")}
      isReady={selected !== undefined && settings !== undefined}
      isPending={starting.isPending}
      error={starting.error}
      onSubmit={() => selected && settings && starting.mutate({ datasetId: selected.value, settings })}
    >
      <SpaceBetween size="l">
        <Container>
          <SpaceBetween size="l">
            <ChoiceField
              label={t("train.dataset")}
              choices={options}
              value={selected?.value}
              placeholder={t("train.chooseDataset")}
              onChange={setChosen}
            />
            <LearnerChoice entries={entries} onChange={setEntries} />
            {diagnosable.length > 0 && (
              <ChoiceField
                label={t("train.thenDiagnose")}
                description={t("train.thenDiagnoseHint")}
                choices={[nothing, ...diagnosable]}
                value={then?.value ?? nothing.value}
                onChange={setNext}
              />
            )}
            <NameField label={t("train.name")} name={name} onChange={setName} />
            <Checkbox
              checked={force}
              description={t("train.anewHint")}
              onChange={({ detail }) => setForce(detail.checked)}
            >
              {t("train.anew")}
            </Checkbox>
          </SpaceBetween>
        </Container>
        <ExpandableSection
          variant="container"
          headerText={t("train.expert")}
          headingTagOverride="h2"
          defaultExpanded={former !== undefined}
          headerActions={<Button onClick={() => setEntries(entriesOf())}>{t("train.reset")}</Button>}
        >
          <SettingsForm entries={entries} onChange={setEntries} />
        </ExpandableSection>
      </SpaceBetween>
    </OrderForm>
  );
}

/** Checked data sets for a purpose. */
function useReady(purpose: DatasetPurpose) {
  const formats = useFormats();
  const { data, isPending, isFetching, error } = useInfiniteQuery(useQueries().datasets("ready", 100, purpose));
  const datasets = data?.pages.flatMap(({ items }) => items) ?? [];
  const options = datasets.map((dataset) => ({
    value: dataset.datasetId as string,
    label: visible(dataset.name),
    description: `${formats.bytes(dataset.sizeBytes)} · ${formats.time(dataset.createdAt)}`,
  }));
  return { options, isPending, isFetching, error };
}
