import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { visible } from "@systemhealer/contract/visible";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { classCounts } from "../../charts/class-counts.ts";
import { classColours } from "../../charts/palette.ts";
import { ShareBar } from "../../charts/ShareBar.tsx";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { EndStateIndicator } from "../../ui/EndStateIndicator.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { usePendingIds } from "../../ui/use-undoable.ts";

const mostShown = 4;

type Diagnosed = Extract<RunView, { kind: "diagnosis"; status: "succeeded" }>;

const isDiagnosed = (run: RunView): run is Diagnosed => run.kind === "diagnosis" && run.status === "succeeded";

/** What the latest diagnoses found, by class; a class has one colour in all of them. */
export function LastDiagnoses({ canDiagnose }: { readonly canDiagnose: boolean }) {
  const { t } = useTranslation();
  const palette = usePalette();
  const { data, error, refetch } = useQuery(useQueries().latestDiagnoses());
  const pending = usePendingIds();
  const shown = useMemo(
    () =>
      (data ?? [])
        .filter(isDiagnosed)
        .filter(({ runId }) => !pending.has(runId))
        .slice(0, mostShown),
    [data, pending],
  );
  const colourOf = useMemo(
    () =>
      classColours(
        shown.flatMap(({ result }) => result.classes.map(({ name }) => name)),
        palette,
      ),
    [shown, palette],
  );
  return (
    <Container header={<Header variant="h2">{t("home.lastDiagnoses")}</Header>}>
      {!data && <Pending error={error} refetch={refetch} />}
      {data && shown.length === 0 && (
        <SpaceBetween size="s">
          <Box color="text-body-secondary">{t("home.noDiagnosis")}</Box>
          {canDiagnose && <OrderLink to="/diagnose">{t("nav.diagnose")}</OrderLink>}
        </SpaceBetween>
      )}
      <ul className="home-list">
        {shown.map((run) => (
          <li key={run.runId}>
            <Shares run={run} colourOf={colourOf} />
          </li>
        ))}
      </ul>
    </Container>
  );
}

interface SharesProps {
  readonly run: Diagnosed;
  readonly colourOf: (name: string) => string;
}

function Shares({ run, colourOf }: SharesProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId, name, createdAt, result } = run;
  // The record does not tell unknown rows apart; the summary does.
  const { data: summary } = useQuery(useQueries().runSummary(runId));
  const parts = classCounts(summary ?? result).map((part) => ({
    name: part.name || t("diagnosis.unknown"),
    value: part.rows,
    colour: colourOf(part.name),
  }));
  return (
    <>
      <div className="line">
        <RouterLink to={`/diagnoses/${runId}`}>{visible(name)}</RouterLink>
        <Box color="text-body-secondary" fontSize="body-s">
          {t("common.fact", { name: t("common.rows"), value: formats.integer(result.rows) })} ·{" "}
          {formats.time(createdAt)}
          <EndStateIndicator run={run} separator=" · " />
        </Box>
      </div>
      <ShareBar parts={parts} format={formats.percent} />
    </>
  );
}
