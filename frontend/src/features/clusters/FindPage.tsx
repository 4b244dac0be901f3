import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { type ClusterMethod, clusterMethods } from "@systemhealer/contract/clusters";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { useServices } from "../../lib/services.ts";
import { useSettled } from "../../lib/use-settled.ts";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { notify } from "../../ui/notifications.tsx";
import { OrderForm } from "../../ui/OrderForm.tsx";
import { Page } from "../../ui/Page.tsx";
import { useReadyDatasets } from "../../ui/use-ready-datasets.ts";
import { fewestAsked, mostAsked, numberAsked } from "./number-asked.ts";

/** Orders a search for groups of like rows. `?dataset=` chooses the data set. */
export function FindPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  return (
    <Page title={t("clusters.title")} description={t("clusters.description")}>
      <FindForm datasetId={search.get("dataset") ?? ""} />
    </Page>
  );
}

function FindForm({ datasetId }: { readonly datasetId: string }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { options, isPending, isFetching, error } = useReadyDatasets();
  const [chosen, setChosen] = useState(datasetId);
  const [method, setMethod] = useState<ClusterMethod>(clusterMethods[0]);
  const [isGiven, setGiven] = useState(false);
  const [line, setLine] = useState("3");
  const asked = numberAsked(line);
  const usual = useSettled(options[0]?.value, isFetching);
  const selected = options.find(({ value }) => value === (chosen || usual));
  const isComplete = selected !== undefined && !(isGiven && asked === undefined);
  const starting = useMutation({
    mutationFn: (dataset: string) => {
      const clusters = isGiven && asked !== undefined ? { clusters: asked } : {};
      return client.call("createClusteringRun", { body: { datasetId: dataset, method, ...clusters } });
    },
    onSuccess: ({ runId }) => {
      notify({ type: "success", text: t("clusters.started") });
      void queryClient.invalidateQueries({ queryKey: ["runs"] });
      return navigate(`/clusters/${runId}`);
    },
  });

  if (isPending) return <Loading />;
  if (error && options.length === 0) return <ErrorAlert error={error} />;
  if (options.length === 0) {
    const upload = <LinkButton to="/data/upload">{t("nav.upload")}</LinkButton>;
    return (
      <Alert statusIconAriaLabel={t("common.info")} action={upload}>
        {t("clusters.noDatasets")}
      </Alert>
    );
  }
  return (
    <OrderForm
      submitText={t("clusters.start")}
      isReady={isComplete}
      isPending={starting.isPending}
      error={starting.error}
      onSubmit={() => selected && starting.mutate(selected.value)}
    >
      <Container>
        <SpaceBetween size="l">
          <ChoiceField
            label={t("clusters.dataset")}
            description={t("clusters.datasetHint")}
            choices={options}
            value={selected?.value}
            onChange={setChosen}
          />
          <FormField label={t("clusters.method")} stretch>
            <Tiles
              value={method}
              onChange={({ detail }) => setMethod(detail.value as ClusterMethod)}
              items={clusterMethods.map((value) => ({
                value,
                label: t(`clusters.methods.${value}`),
                description: t(`clusters.methodHints.${value}`),
              }))}
            />
          </FormField>
          <FormField label={t("clusters.number")}>
            <RadioGroup
              value={isGiven ? "given" : "automatic"}
              onChange={({ detail }) => setGiven(detail.value === "given")}
              items={(["automatic", "given"] as const).map((value) => ({
                value,
                label: t(`clusters.${value}`),
                description: t(`clusters.${value}Hint`),
              }))}
            />
          </FormField>
          {isGiven && (
            <FormField
              label={t("clusters.howMany")}
              errorText={asked === undefined && t("clusters.howManyRange", { least: fewestAsked, most: mostAsked })}
              constraintText={t("clusters.howManyRange", { least: fewestAsked, most: mostAsked })}
            >
              <Input type="number" inputMode="numeric" value={line} onChange={({ detail }) => setLine(detail.value)} />
            </FormField>
          )}
        </SpaceBetween>
      </Container>
    </OrderForm>
  );
}
