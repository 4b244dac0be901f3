import SpaceBetween from "@cloudscape-design/components/space-between";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isMoving } from "../../lib/queries.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Page } from "../../ui/Page.tsx";
import { usePendingIds } from "../../ui/use-undoable.ts";
import { ActiveModel } from "./ActiveModel.tsx";
import { FinishedRuns } from "./FinishedRuns.tsx";
import { LastDiagnoses } from "./LastDiagnoses.tsx";
import { LastUpload } from "./LastUpload.tsx";
import { RunningRuns } from "./RunningRuns.tsx";
import { SampleCard } from "./SampleCard.tsx";
import { useIsAnswered } from "./use-is-answered.ts";
import { useSample } from "./use-sample.ts";
import "./home.css";

const sessionMilliseconds = 5_000;

/** How things stand: the model in use, what runs, what was found; on a first visit, one button that shows it all. */
export function HomePage() {
  const { t } = useTranslation();
  const queries = useQueries();
  // A training that ends meanwhile may make the first model, which is then the active one.
  const { data: session, error } = useQuery({ ...queries.session(), refetchInterval: sessionMilliseconds });
  const { data, error: runsError } = useInfiniteQuery(queries.runs());
  const { progress } = useSample();
  const isAnswered = useIsAnswered(session?.activeModelId);
  const pending = usePendingIds();
  const runs = data?.pages[0]?.items;
  const shown = runs?.filter(({ runId }) => !pending.has(runId)) ?? [];
  const trouble = error ?? runsError;
  const isReady = runs !== undefined && session !== undefined && isAnswered;
  const isFirstVisit = isReady && runs.length === 0 && session.activeModelId === null;
  return (
    <Page
      title={t("home.title")}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <OrderLink to="/data/upload" iconName="upload">
            {t("nav.upload")}
          </OrderLink>
          <OrderLink to="/train">{t("train.title")}</OrderLink>
          {/* Its place is held until it is known whether there is a model. */}
          {session?.activeModelId !== null && (
            <OrderLink to="/diagnose" variant="primary">
              {t("nav.diagnose")}
            </OrderLink>
          )}
        </SpaceBetween>
      }
    >
      <ErrorAlert error={trouble} />
      {(isFirstVisit || progress) && <SampleCard runs={shown} />}
      {isFirstVisit && (
        <ErrorBoundary>
          <LastUpload />
        </ErrorBoundary>
      )}
      {isReady && !isFirstVisit && (
        <div className="home">
          <SpaceBetween size="l">
            <ErrorBoundary>
              <ActiveModel modelId={session.activeModelId} />
            </ErrorBoundary>
            <ErrorBoundary>
              <LastUpload />
            </ErrorBoundary>
            <ErrorBoundary>
              <RunningRuns runs={shown.filter((run) => isMoving(run))} />
            </ErrorBoundary>
          </SpaceBetween>
          <ErrorBoundary>
            <LastDiagnoses canDiagnose={session.activeModelId !== null} />
          </ErrorBoundary>
          <ErrorBoundary>
            <FinishedRuns runs={shown.filter((run) => !isMoving(run))} />
          </ErrorBoundary>
        </div>
      )}
      {!trouble && !isReady && <Loading />}
    </Page>
  );
}
