import Grid from "@cloudscape-design/components/grid";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { curveUnit } from "../../lib/curve-unit.ts";
import { AttemptTable } from "../../ui/AttemptTable.tsx";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { TrainingCurves } from "../../ui/TrainingCurves.tsx";
import { BaselineTable } from "./BaselineTable.tsx";
import { ConfusionSection } from "./ConfusionSection.tsx";
import { HonestySection } from "./HonestySection.tsx";
import { ImportanceSection } from "./ImportanceSection.tsx";
import { LeaderboardTable } from "./LeaderboardTable.tsx";
import { MapSection } from "./MapSection.tsx";
import { PerClassTable } from "./PerClassTable.tsx";
import type { StoredReport } from "./stored-report.ts";

/** The table of the classes needs more than half of a laptop's window. */
const half = { default: 12, l: 6 } as const;

export interface ModelQualityProps {
  readonly report: StoredReport;
  readonly learner: string;
}

/** All that a report tells; parts that it lacks are left out. */
export function ModelQuality({ report, learner }: ModelQualityProps) {
  const { test, curve, importance, honesty, map, leaderboard } = report;
  return (
    <SpaceBetween size="l">
      <Grid gridDefinition={[{ colspan: half }, { colspan: half }]}>
        <ErrorBoundary>
          <ConfusionSection classes={report.classes} confusion={test.confusion} />
        </ErrorBoundary>
        <ErrorBoundary>
          <PerClassTable perClass={test.perClass} />
        </ErrorBoundary>
      </Grid>
      {importance && importance.length > 0 && (
        <ErrorBoundary>
          <ImportanceSection importance={importance} />
        </ErrorBoundary>
      )}
      {map && map.points.length > 0 && (
        <ErrorBoundary>
          <MapSection map={map} classes={report.classes} />
        </ErrorBoundary>
      )}
      {curve && curve.length > 1 && (
        <ErrorBoundary>
          <TrainingCurves curve={curve} unit={curveUnit(learner)} />
        </ErrorBoundary>
      )}
      {leaderboard && (
        <ErrorBoundary>
          <LeaderboardTable leaderboard={leaderboard} />
        </ErrorBoundary>
      )}
      <ErrorBoundary>
        <BaselineTable report={report} />
      </ErrorBoundary>
      {report.attempts && (
        <ErrorBoundary>
          <AttemptTable attempts={report.attempts} />
        </ErrorBoundary>
      )}
      {honesty && (
        <ErrorBoundary>
          <HonestySection honesty={honesty} classes={report.classes} />
        </ErrorBoundary>
      )}
    </SpaceBetween>
  );
}
