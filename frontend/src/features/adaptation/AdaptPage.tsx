import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notify } from "../../ui/notifications.tsx";
import { Page } from "../../ui/Page.tsx";
import { adaptable, labelledOnly, unlabelledOnly } from "./choices.ts";
import { useOptions } from "./use-options.ts";

/** Orders a fitting. `?model=` chooses the model, `?dataset=` the rows of the new environment. */
export function AdaptPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const queries = useQueries();
  const models = useInfiniteQuery(queries.models());
  const datasets = useInfiniteQuery(queries.datasets("ready", 100));
  const error = models.error ?? datasets.error;
  const known = adaptable(models.data?.pages.flatMap(({ items }) => items) ?? []);
  const files = datasets.data?.pages.flatMap(({ items }) => items) ?? [];
  const [openedAt] = useState(Date.now);
  const asked = search.get("model");
  const isUnknown = asked !== null && !known.some(({ modelId }) => modelId === asked);
  // The list that is at hand may be older than the model.
  const isPending = models.isPending || datasets.isPending || (isUnknown && models.dataUpdatedAt < openedAt);
  const options = useOptions();
  return (
    <Page title={t("adaptation.title")} description={t("adaptation.description")}>
      <ErrorAlert error={error} />
      {isPending && !error && <Loading />}
      {!isPending && !error && known.length === 0 && <Missing text={t("adaptation.noModels")} to="/train" />}
      {!isPending && !error && known.length > 0 && files.length === 0 && (
        <Missing text={t("adaptation.noDatasets")} to="/data/upload" />
      )}
      {!isPending &&
        !error &&
        known.length > 0 &&
        asked !== null &&
        !known.some(({ modelId }) => modelId === asked) && (
          <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
            {t("adaptation.notCarried")}
          </Alert>
        )}
      {!isPending && !error && known.length > 0 && files.length > 0 && (
        <AdaptForm
          modelId={asked ?? known.find(({ active }) => active)?.modelId ?? ""}
          datasetId={search.get("dataset") ?? ""}
          models={options.models(known)}
          files={options.datasets(unlabelledOnly(files))}
          labelled={options.datasets(labelledOnly(files))}
        />
      )}
    </Page>
  );
}

function Missing({ text, to }: { readonly text: string; readonly to: "/train" | "/data/upload" }) {
  const { t } = useTranslation();
  const action = <LinkButton to={to}>{t(to === "/train" ? "nav.train" : "nav.upload")}</LinkButton>;
  return (
    <Alert statusIconAriaLabel={t("common.info")} action={action}>
      {text}
    </Alert>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description: string;
}

interface AdaptFormProps {
  readonly modelId: string;
  readonly datasetId: string;
  readonly models: readonly Choice[];
  readonly files: readonly Choice[];
  readonly labelled: readonly Choice[];
}

function AdaptForm({ modelId, datasetId, models, files, labelled }: AdaptFormProps) {
  const { t } = useTranslation();
  const { client } = useServices();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [model, setModel] = useState(modelId);
  const [file, setFile] = useState(datasetId);
  const [known, setKnown] = useState("");
  const nothing = { value: "", label: t("adaptation.none") };
  const chosen = { model: of(models, model) ?? models[0], file: of(files, file) ?? files[0] };
  const starting = useMutation({
    mutationFn: (order: { readonly modelId: string; readonly datasetId: string }) =>
      client.call("createAdaptationRun", { body: { ...order, ...(known && { labelledDatasetId: known }) } }),
    onSuccess: ({ runId }) => {
      notify({ type: "success", text: t("adaptation.started") });
      void queryClient.invalidateQueries({ queryKey: ["runs"] });
      return navigate(`/runs/${runId}`);
    },
  });
  const filtering = (options: readonly Choice[]) => (options.length > 10 ? "auto" : "none");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!chosen.model || !chosen.file || starting.isPending) return;
        starting.mutate({ modelId: chosen.model.value, datasetId: chosen.file.value });
      }}
    >
      <Form
        actions={
          <Button variant="primary" formAction="submit" loading={starting.isPending}>
            {t("adaptation.start")}
          </Button>
        }
      >
        <Container>
          <SpaceBetween size="l">
            <FormField label={t("adaptation.model")} description={t("adaptation.modelHint")}>
              <Select
                selectedOption={chosen.model ?? null}
                options={models}
                filteringType={filtering(models)}
                onChange={({ detail }) => setModel(detail.selectedOption.value ?? "")}
              />
            </FormField>
            <FormField label={t("adaptation.dataset")} description={t("adaptation.datasetHint")}>
              <Select
                selectedOption={chosen.file ?? null}
                options={files}
                filteringType={filtering(files)}
                onChange={({ detail }) => setFile(detail.selectedOption.value ?? "")}
              />
            </FormField>
            <FormField label={t("adaptation.labelled")} description={t("adaptation.labelledHint")}>
              <Select
                selectedOption={of(labelled, known) ?? nothing}
                options={[nothing, ...labelled]}
                filteringType={filtering(labelled)}
                onChange={({ detail }) => setKnown(detail.selectedOption.value ?? "")}
              />
            </FormField>
            <ErrorAlert error={starting.error} />
          </SpaceBetween>
        </Container>
      </Form>
    </form>
  );
}

const of = (choices: readonly Choice[], value: string) => choices.find((choice) => choice.value === value);
