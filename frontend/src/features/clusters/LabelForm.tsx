import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Clusters } from "@systemhealer/contract/clusters";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { shortName } from "../../lib/short-name.ts";
import { useKept } from "../../lib/use-kept.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { NameField } from "../../ui/NameField.tsx";
import { useRefusal } from "../../ui/use-refusal.ts";
import type { FinishedClustering } from "./ClustersSummary.tsx";
import { LabelledDataset } from "./LabelledDataset.tsx";
import { type ClusterNames, namedRows } from "./naming.ts";

const classesToLearn = 2;

export interface LabelFormProps {
  readonly run: FinishedClustering;
  readonly clusters: Clusters;
  readonly names: ClusterNames;
}

/** Makes a labelled data set of the clusters that have a name. */
export function LabelForm({ run, clusters, names: typed }: LabelFormProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const queryClient = useQueryClient();
  const { runId } = run;
  const { names, classes, rows } = namedRows(clusters, typed);
  const usual = shortName(t("clusters.labelled", { name: run.name }));
  const [name, setName] = useState<string>();
  const [madeId, setMade] = useKept(`labelledClusters.${runId}`, "");
  const wanted = (name ?? usual).trim();
  const refusal = useRefusal();
  const making = useMutation({
    mutationFn: () => client.call("labelClusters", { runId, body: { names, ...(wanted && { name: wanted }) } }),
    onSuccess: ({ datasetId }) => {
      setMade(datasetId);
      void queryClient.invalidateQueries({ queryKey: ["datasets"] });
    },
  });
  return (
    <Container
      header={
        <Header variant="h2" description={t("clusters.makeHint")}>
          {t("clusters.makeTitle")}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Box>
          {classes.length === 0
            ? t("clusters.makeNothing")
            : t("clusters.made", {
                classes: formats.integer(classes.length),
                rows: formats.integer(rows),
                all: formats.integer(clusters.rows),
              })}
          {classes.length > 0 && classes.length < classesToLearn && ` · ${t("clusters.makeOne")}`}
        </Box>
        <NameField label={t("clusters.datasetName")} name={name ?? usual} onChange={setName} />
        <ErrorAlert error={making.error} />
        <Button
          variant="primary"
          disabled={classes.length === 0}
          {...refusal()}
          loading={making.isPending}
          onClick={() => making.mutate()}
        >
          {t("clusters.make")}
        </Button>
        {madeId !== "" && <LabelledDataset datasetId={madeId} />}
      </SpaceBetween>
    </Container>
  );
}
