import type { RunView } from "@systemhealer/contract/run";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useFormats } from "../i18n/use-formats.ts";
import { useQueries } from "../lib/use-queries.ts";
import { EndStateIndicator } from "./EndStateIndicator.tsx";
import { Notes } from "./Notes.tsx";
import { Page } from "./Page.tsx";
import { RunStatusIndicator } from "./StatusIndicators.tsx";
import { TagList } from "./TagList.tsx";
import { UnreadRecord } from "./UnreadRecord.tsx";

export interface RunFrameProps {
  /** As long as the run is not read. */
  readonly title: string;
  readonly actions: (run: RunView) => ReactNode;
  readonly children: (run: RunView) => ReactNode;
}

/** A page about the run in its address: what it is called, how it stands and what was noted of it. */
export function RunFrame({ title, actions, children }: RunFrameProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId = "" } = useParams();
  const { data: run, error, refetch } = useQuery(useQueries().run(runId));
  if (!run) {
    return <UnreadRecord title={title} list="/runs" error={error} refetch={refetch} />;
  }
  return (
    <Page
      title={run.name}
      description={
        <>
          {t(`runs.kind.${run.kind}`)} · <RunStatusIndicator status={run.status} /> · {formats.time(run.createdAt)}
          {run.kind === "diagnosis" && run.status === "succeeded" && <EndStateIndicator run={run} separator=" · " />}{" "}
          <TagList tags={run.tags} />
          <Notes notes={run.notes} />
        </>
      }
      actions={actions(run)}
    >
      {children(run)}
    </Page>
  );
}
