import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { classCounts } from "../../charts/class-counts.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { isMoving } from "../../lib/queries.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Page } from "../../ui/Page.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { RunStatusIndicator } from "../../ui/StatusIndicators.tsx";
import { SampleCard } from "./SampleCard.tsx";
import { useSample } from "./use-sample.ts";

const shownRuns = 5;

export function HomePage() {
  const { t } = useTranslation();
  const queries = useQueries();
  const { data: session, error } = useQuery(queries.session());
  const { data, error: runsError } = useInfiniteQuery(queries.runs());
  const { progress } = useSample();
  const runs = data?.pages[0]?.items;
  const trouble = error ?? runsError;
  const isFirstVisit = runs?.length === 0 && session?.activeModelId === null;
  return (
    <Page
      title={t("home.title")}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <LinkButton to="/data/upload" iconName="upload">
            {t("nav.upload")}
          </LinkButton>
          <LinkButton to="/train">{t("train.title")}</LinkButton>
        </SpaceBetween>
      }
    >
      <ErrorAlert error={trouble} />
      {(isFirstVisit || progress) && <SampleCard />}
      {runs && session && !isFirstVisit && <Overview runs={runs} activeModelId={session.activeModelId} />}
      {!trouble && !(runs && session) && <Loading />}
    </Page>
  );
}

interface OverviewProps {
  readonly runs: readonly RunView[];
  readonly activeModelId: string | null;
}

function Overview({ runs, activeModelId }: OverviewProps) {
  const { t } = useTranslation();
  const half = { colspan: { default: 12, s: 6 } } as const;
  const diagnosed = runs.find((run) => run.kind === "diagnosis" && run.status === "succeeded");
  return (
    <Grid gridDefinition={[half, half, half, half]}>
      <ActiveModel modelId={activeModelId} />
      <LastDiagnosis run={diagnosed} />
      <RunList title={t("home.running")} empty={t("home.nothingRuns")} runs={runs.filter((run) => isMoving(run))} />
      <RunList title={t("home.recent")} empty={t("home.nothingFinished")} runs={runs.filter((run) => !isMoving(run))} />
    </Grid>
  );
}

interface RunListProps {
  readonly title: string;
  readonly empty: string;
  readonly runs: readonly RunView[];
}

function RunList({ title, empty, runs }: RunListProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Container fitHeight header={<Header variant="h2">{title}</Header>}>
      {runs.length === 0 && <Box color="text-body-secondary">{empty}</Box>}
      <SpaceBetween size="s">
        {runs.slice(0, shownRuns).map((run) => (
          <div key={run.runId}>
            <RouterLink to={`/runs/${run.runId}`}>{run.name}</RouterLink>
            <Box color="text-body-secondary" fontSize="body-s">
              <RunStatusIndicator status={run.status} /> · {t(`runs.kind.${run.kind}`)} · {formats.time(run.createdAt)}
              {run.status === "running" && ` · ${formats.percent(run.progress.fraction)}`}
            </Box>
          </div>
        ))}
      </SpaceBetween>
    </Container>
  );
}

function ActiveModel({ modelId }: { readonly modelId: string | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: model, error } = useQuery({ ...useQueries().model(modelId ?? ""), enabled: modelId !== null });
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description={t("home.macroF1Hint")}>
          {t("home.activeModel")}
        </Header>
      }
    >
      {modelId === null && <Box color="text-body-secondary">{t("home.noModel")}</Box>}
      <ErrorAlert error={error} />
      {model && (
        <SpaceBetween size="m">
          <RouterLink to={`/models/${model.modelId}`}>{model.name}</RouterLink>
          <KeyValuePairs
            columns={2}
            items={[
              { label: t("home.accuracy"), value: formats.percent(model.accuracy) },
              { label: t("home.macroF1"), value: formats.number(model.macroF1) },
              { label: t("home.classes"), value: formats.integer(model.classes.length) },
              { label: t("home.features"), value: formats.integer(model.featureCount) },
            ]}
          />
        </SpaceBetween>
      )}
    </Container>
  );
}

function LastDiagnosis({ run }: { readonly run: RunView | undefined }) {
  const { t } = useTranslation();
  if (run?.kind !== "diagnosis" || run.status !== "succeeded") {
    return (
      <Container fitHeight header={<Header variant="h2">{t("home.lastDiagnosis")}</Header>}>
        <Box color="text-body-secondary">{t("home.noDiagnosis")}</Box>
      </Container>
    );
  }
  return <DiagnosisByClass runId={run.runId} />;
}

function DiagnosisByClass({ runId }: { readonly runId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: summary, error, refetch } = useQuery(useQueries().runSummary(runId));
  if (!summary) {
    return (
      <Container fitHeight header={<Header variant="h2">{t("home.lastDiagnosis")}</Header>}>
        <Pending error={error} refetch={refetch} />
      </Container>
    );
  }
  const bars = classCounts(summary).map(({ name, rows }) => ({ name: name || t("diagnosis.unknown"), value: rows }));
  return (
    <ChartFrame
      title={t("home.lastDiagnosis")}
      zoom="xy"
      table={{
        columns: [t("data.classes"), t("common.rows")],
        rows: bars.map(({ name, value }) => [name, formats.integer(value)]),
      }}
    >
      <BarChart title={t("home.lastDiagnosis")} bars={bars} format={formats.integer} />
    </ChartFrame>
  );
}
