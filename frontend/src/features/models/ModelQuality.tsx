import Grid from "@cloudscape-design/components/grid";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { AttemptTable } from "../../ui/AttemptTable.tsx";
import { TrainingCurves } from "../../ui/TrainingCurves.tsx";
import { BaselineTable } from "./BaselineTable.tsx";
import { ConfusionSection } from "./ConfusionSection.tsx";
import { HonestySection } from "./HonestySection.tsx";
import { ImportanceSection } from "./ImportanceSection.tsx";
import { LeaderboardTable } from "./LeaderboardTable.tsx";
import { MapSection } from "./MapSection.tsx";

import { PerClassTable } from "./PerClassTable.tsx";
import type { StoredReport } from "./stored-report.ts";

/** All that a report tells; parts that it lacks are left out. */
export function ModelQuality({ report }: { readonly report: StoredReport }) {
  const { test, curve, importance, honesty, map, leaderboard } = report;
  return (
    <SpaceBetween size="l">
      <Pair>
        <ConfusionSection classes={report.classes} confusion={test.confusion} />
        <PerClassTable perClass={test.perClass} />
      </Pair>
      {importance && importance.length > 0 && <ImportanceSection importance={importance} />}
      {map && map.points.length > 0 && <MapSection map={map} classes={report.classes} />}
      {curve && curve.length > 1 && <TrainingCurves curve={curve} />}
      {leaderboard && <LeaderboardTable leaderboard={leaderboard} />}
      <BaselineTable report={report} />
      {report.attempts && <AttemptTable attempts={report.attempts} />}
      {honesty && <HonestySection honesty={honesty} classes={report.classes} />}
    </SpaceBetween>
  );
}

function Pair({ children }: { readonly children: readonly [ReactNode, ReactNode] }) {
  const half = { default: 12, s: 6 } as const;
  return <Grid gridDefinition={[{ colspan: half }, { colspan: half }]}>{children}</Grid>;
}
