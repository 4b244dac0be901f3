import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { endStateOf } from "@systemhealer/contract/recovery";
import type { RunView } from "@systemhealer/contract/run";
import { visible } from "@systemhealer/contract/visible";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { EndStateIndicator } from "../../ui/EndStateIndicator.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Page } from "../../ui/Page.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { FileDiagnosis } from "./FileDiagnosis.tsx";

type Verifiable = Extract<RunView, { kind: "diagnosis"; status: "succeeded" }>;

/** `?run=` names the diagnosis that found faults; newer records of the same system are brought here. */
export function VerifyPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const runId = search.get("run") ?? "";
  const { data: run, error, refetch } = useQuery(useQueries().run(runId));
  return (
    <Page title={t("recovery.page")} description={t("recovery.description")}>
      {!run && <Pending error={error} refetch={refetch} />}
      {run && !isVerifiable(run) && (
        <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
          {t("recovery.unfit")}
        </Alert>
      )}
      {run && isVerifiable(run) && <Verification run={run} />}
    </Page>
  );
}

const isVerifiable = (run: RunView): run is Verifiable => run.kind === "diagnosis" && run.status === "succeeded";

function Verification({ run }: { readonly run: Verifiable }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId, modelId, result } = run;
  const [chosen, setChosen] = useState(run.normalClass);
  const mustName = result.faultsFound === undefined || run.normalClass !== undefined;
  const isKnown = !mustName || chosen !== undefined;
  const state = endStateOf({ faultsFound: result.faultsFound, recovery: run.recovery });
  const classes = result.classes.map(({ name }) => ({ value: name, label: name }));
  const facts = [
    { label: t("recovery.ofRun"), value: <RouterLink to={`/diagnoses/${runId}`}>{visible(run.name)}</RouterLink> },
    { label: t("common.created"), value: formats.time(run.createdAt) },
    ...(state === undefined ? [] : [{ label: t("recovery.title"), value: <EndStateIndicator run={run} /> }]),
  ];
  return (
    <SpaceBetween size="l">
      <Container>
        <SpaceBetween size="m">
          <Facts columns={facts.length} items={facts} />
          {mustName && (
            <ChoiceField
              label={t("recovery.normalClass")}
              description={t("recovery.normalClassHint")}
              placeholder={t("recovery.chooseClass")}
              choices={classes}
              value={chosen}
              onChange={setChosen}
            />
          )}
        </SpaceBetween>
      </Container>
      {isKnown && (
        <FileDiagnosis
          model={{ modelId }}
          datasetId=""
          verification={{ verifies: runId, ...(mustName && chosen !== undefined && { normalClass: chosen }) }}
        />
      )}
    </SpaceBetween>
  );
}
