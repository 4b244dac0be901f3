import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { useSettled } from "../../lib/use-settled.ts";
import { type Choice, ChoiceField } from "../../ui/ChoiceField.tsx";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notify } from "../../ui/notifications.tsx";
import { OrderForm } from "../../ui/OrderForm.tsx";
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
  const isRead = models.data !== undefined && datasets.data !== undefined;
  const error = isRead ? null : (models.error ?? datasets.error);
  const known = adaptable(models.data?.pages.flatMap(({ items }) => items) ?? []);
  const files = datasets.data?.pages.flatMap(({ items }) => items) ?? [];
  const [openedAt] = useState(Date.now);
  const asked = search.get("model");
  const isUnknown = asked !== null && !known.some(({ modelId }) => modelId === asked);
  // The list that is at hand may be older than the model.
  const isPending = models.isPending || datasets.isPending || (isUnknown && models.dataUpdatedAt < openedAt);
  const options = useOptions();
  const rows = unlabelledOnly(files);
  const usual = {
    model: useSettled(
      (known.find(({ active }) => active) ?? known[0])?.modelId as string | undefined,
      models.isFetching,
    ),
    file: useSettled(rows[0]?.datasetId as string | undefined, datasets.isFetching),
  };
  return (
    <Page title={t("adaptation.title")} description={t("adaptation.description")}>
      <ErrorAlert error={error} />
      {isPending && !error && <Loading />}
      {!isPending && !error && known.length === 0 && <Missing text={t("adaptation.noModels")} to="/train" />}
      {!isPending && !error && known.length > 0 && files.length === 0 && (
        <Missing text={t("adaptation.noDatasets")} to="/data/upload" />
      )}
      {!isPending && !error && known.length > 0 && isUnknown && (
        <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
          {t("adaptation.notCarried")}
        </Alert>
      )}
      {!isPending && !error && known.length > 0 && files.length > 0 && (
        <AdaptForm
          modelId={asked ?? ""}
          datasetId={search.get("dataset") ?? ""}
          usual={usual}
          models={options.models(known)}
          files={options.datasets(rows)}
          labelled={options.datasets(labelledOnly(files))}
        />
      )}
    </Page>
  );
}

function Missing({ text, to }: { readonly text: string; readonly to: "/train" | "/data/upload" }) {
  const { t } = useTranslation();
  const action = <LinkButton to={to}>{t(to === "/train" ? "train.title" : "nav.upload")}</LinkButton>;
  return (
    <Alert statusIconAriaLabel={t("common.info")} action={action}>
      {text}
    </Alert>
  );
}

interface AdaptFormProps {
  readonly modelId: string;
  readonly datasetId: string;
  /** What is fitted where nothing was chosen. */
  readonly usual: { readonly model: string | undefined; readonly file: string | undefined };
  readonly models: readonly Choice[];
  readonly files: readonly Choice[];
  readonly labelled: readonly Choice[];
}

function AdaptForm({ modelId, datasetId, usual, models, files, labelled }: AdaptFormProps) {
  const { t } = useTranslation();
  const { client } = useServices();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [model, setModel] = useState(modelId);
  const [file, setFile] = useState(datasetId);
  const [known, setKnown] = useState("");
  const nothing = { value: "", label: t("adaptation.none") };
  const chosen = {
    model: of(models, model) ?? of(models, usual.model),
    file: of(files, file) ?? of(files, usual.file),
  };
  const starting = useMutation({
    mutationFn: (order: { readonly modelId: string; readonly datasetId: string }) =>
      client.call("createAdaptationRun", { body: { ...order, ...(known && { labelledDatasetId: known }) } }),
    onSuccess: ({ runId }) => {
      notify({ type: "success", text: t("adaptation.started") });
      void queryClient.invalidateQueries({ queryKey: ["runs"] });
      return navigate(`/runs/${runId}`);
    },
  });
  return (
    <OrderForm
      submitText={t("adaptation.start")}
      isReady={chosen.model !== undefined && chosen.file !== undefined}
      isPending={starting.isPending}
      error={starting.error}
      onSubmit={() => {
        const { model: from, file: rows } = chosen;
        if (from && rows) starting.mutate({ modelId: from.value, datasetId: rows.value });
      }}
    >
      <Container>
        <SpaceBetween size="l">
          <ChoiceField
            label={t("adaptation.model")}
            description={t("adaptation.modelHint")}
            choices={models}
            value={chosen.model?.value}
            onChange={setModel}
          />
          <ChoiceField
            label={t("adaptation.dataset")}
            description={t("adaptation.datasetHint")}
            choices={files}
            value={chosen.file?.value}
            onChange={setFile}
          />
          <ChoiceField
            label={t("adaptation.labelled")}
            description={t("adaptation.labelledHint")}
            choices={[nothing, ...labelled]}
            value={of(labelled, known)?.value ?? nothing.value}
            onChange={setKnown}
          />
        </SpaceBetween>
      </Container>
    </OrderForm>
  );
}

const of = (choices: readonly Choice[], value: string | undefined) => choices.find((choice) => choice.value === value);
