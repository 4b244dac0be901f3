import { z } from "zod";
import { AdaptationSettings, adaptationFacts } from "./adaptation.ts";
import { annotations } from "./annotations.ts";
import { AnomalyThreshold } from "./anomalies.ts";
import { Artefact, ArtefactView } from "./artefact.ts";
import { ClusterMethod, mostClusters } from "./clusters.ts";
import { Failure } from "./failure.ts";
import { DatasetId, ModelId, RunId, Timestamp, WorkspaceId } from "./ids.ts";
import { mostStandings, Standing } from "./leaderboard.ts";
import { ClassCount } from "./profile.ts";
import { RecoveryCheck, RecoveryVerdict } from "./recovery.ts";
import { TrainingSettings } from "./training-settings.ts";

export const RunKind = z.enum(["training", "diagnosis", "clustering", "adaptation"]);
export type RunKind = z.infer<typeof RunKind>;

const runStages = [
  "reading",
  "preparing",
  "fitting",
  "evaluating",
  "checking",
  "registering",
  "diagnosing",
  "merging",
  "clustering",
  "adapting",
] as const;
export const RunStage = z.enum(runStages);
export type RunStage = z.infer<typeof RunStage>;

export const EpochPoint = z.object({
  epoch: z.int().positive(),
  trainLoss: z.number(),
  validationLoss: z.number(),
  validationMacroF1: z.number(),
});
export type EpochPoint = z.infer<typeof EpochPoint>;

/** Points of a curve kept on a run; a longer training keeps every n-th epoch. */
export const maxCurvePoints = 200;

export const Progress = z
  .object({
    stage: RunStage,
    /** Of the whole run, 0 to 1. */
    fraction: z.number().min(0).max(1),
    epoch: z.int().nonnegative().optional(),
    epochs: z.int().positive().optional(),
    /** While learners are compared: which one is being fitted. */
    search: z
      .object({
        learner: z.string(),
        /** From 1; 0 while the number of rounds is looked for. */
        fold: z.int().nonnegative(),
        /** 0 during the last fits, which are to all rows. */
        folds: z.int().nonnegative(),
      })
      .optional(),
    /** How the learners stand that are being compared or were, in the order in which they are tried. */
    standings: z.array(Standing).max(mostStandings).optional(),
    curve: z.array(EpochPoint).max(maxCurvePoints),
  })
  .meta({ id: "Progress" });
export type Progress = z.infer<typeof Progress>;

/** One rung of the ladder. */
export const Attempt = z
  .object({
    number: z.int().positive(),
    learner: z.string(),
    startedAt: Timestamp,
    endedAt: Timestamp.optional(),
    outcome: z.enum(["running", "succeeded", "failed"]),
    failure: Failure.optional(),
  })
  .meta({ id: "Attempt" });
export type Attempt = z.infer<typeof Attempt>;

const common = z.object({
  schema: z.literal("run.v1"),
  workspaceId: WorkspaceId,
  runId: RunId,
  name: z.string().min(1).max(200),
  origin: z.enum(["api", "drop"]),
  datasetId: DatasetId,
  /** The run that this one repeats. */
  retryOf: RunId.optional(),
  /** The last run that repeats this one. */
  retriedAs: RunId.optional(),
  version: z.int().positive(),
  createdAt: Timestamp,
  createdBy: z.string(),
  updatedAt: Timestamp,
  ...annotations,
});
const training = common.extend({
  kind: z.literal("training"),
  settings: TrainingSettings,
  attempts: z.array(Attempt),
  /** The data set that the new model is to diagnose. */
  thenDiagnose: DatasetId.optional(),
});
const diagnosis = common.extend({
  kind: z.literal("diagnosis"),
  modelId: ModelId,
  /** Whether each row is to be explained. */
  explain: z.boolean().optional(),
  /** Default 3. */
  anomalyThreshold: AnomalyThreshold.optional(),
  /** The diagnosis that found faults, of which this one tells whether they are gone. */
  verifies: RunId.optional(),
  /** Which class has no fault, where none is called normal. */
  normalClass: z.string().optional(),
});

/** Groups the rows of a data set by their KPIs alone. */
const clustering = common.extend({
  kind: z.literal("clustering"),
  method: ClusterMethod,
  /** How many clusters; without it, what suits the rows. */
  clusters: z.int().min(1).max(mostClusters).optional(),
});

/** Fits a model to the environment of a data set's rows, whose labels are not looked at. */
const adaptation = common.extend({
  kind: z.literal("adaptation"),
  /** What is adapted. */
  modelId: ModelId,
  /** Few rows of the same environment whose class is known. */
  labelledDatasetId: DatasetId.optional(),
  settings: AdaptationSettings,
});

const queued = { status: z.literal("queued") };
const running = { status: z.literal("running"), startedAt: Timestamp, heartbeatAt: Timestamp, progress: Progress };
const ended = { startedAt: Timestamp.optional(), endedAt: Timestamp, progress: Progress.optional() };
const failed = { ...ended, status: z.literal("failed"), failure: Failure };
const cancelled = { ...ended, status: z.literal("cancelled"), cancelledBy: z.string() };

const TrainingResult = z.object({ modelId: ModelId, accuracy: z.number(), macroF1: z.number() });
const diagnosisResult = {
  rows: z.int().nonnegative(),
  classes: z.array(ClassCount),
  meanConfidence: z.number().min(0).max(1),
};

/** Of a diagnosis alone, not of an adaptation. */
const ofFaults = {
  /** Whether more rows are of a fault than normal rows would show; left out where no class is known to be normal. */
  faultsFound: z.boolean().optional(),
  /** Of a diagnosis that verifies another one. */
  recovery: RecoveryVerdict.optional(),
};

export const TrainingRun = z.discriminatedUnion("status", [
  training.extend(queued),
  training.extend(running),
  training.extend({
    ...ended,
    status: z.literal("succeeded"),
    result: TrainingResult,
    /** There was this model of the same data and settings already: nothing was trained. */
    reusedModelId: ModelId.optional(),
  }),
  training.extend(failed),
  training.extend(cancelled),
]);
export const DiagnosisRun = z.discriminatedUnion("status", [
  diagnosis.extend({
    ...queued,
    /** Its data set is still being sent or checked; it begins once that is ready. */
    awaitsDataset: z.boolean().optional(),
  }),
  diagnosis.extend(running),
  diagnosis.extend({
    ...ended,
    status: z.literal("succeeded"),
    result: z.object({ ...diagnosisResult, ...ofFaults, artefacts: z.array(Artefact) }),
    /** The last check whether the system is back to normal. */
    recovery: RecoveryCheck.optional(),
  }),
  diagnosis.extend(failed),
  diagnosis.extend(cancelled),
]);
const clusteringResult = {
  rows: z.int().nonnegative(),
  clusters: z.int().nonnegative(),
  /** Rows in no cluster. */
  noiseRows: z.int().nonnegative(),
};
export const ClusteringRun = z.discriminatedUnion("status", [
  clustering.extend(queued),
  clustering.extend(running),
  clustering.extend({
    ...ended,
    status: z.literal("succeeded"),
    result: z.object({ ...clusteringResult, artefacts: z.array(Artefact) }),
  }),
  clustering.extend(failed),
  clustering.extend(cancelled),
]);
const adaptationResult = {
  ...diagnosisResult,
  ...adaptationFacts,
  /** The new model; where the verdict is `unchanged`, the one that was to be adapted. */
  modelId: ModelId,
};
export const AdaptationRun = z.discriminatedUnion("status", [
  adaptation.extend(queued),
  adaptation.extend(running),
  adaptation.extend({
    ...ended,
    status: z.literal("succeeded"),
    result: z.object({ ...adaptationResult, artefacts: z.array(Artefact) }),
  }),
  adaptation.extend(failed),
  adaptation.extend(cancelled),
]);
export const Run = z.discriminatedUnion("kind", [TrainingRun, DiagnosisRun, ClusteringRun, AdaptationRun]);
export type TrainingRun = z.infer<typeof TrainingRun>;
export type DiagnosisRun = z.infer<typeof DiagnosisRun>;
export type ClusteringRun = z.infer<typeof ClusteringRun>;
export type AdaptationRun = z.infer<typeof AdaptationRun>;
export type Run = z.infer<typeof Run>;
export type RunStatus = Run["status"];
export type RunIn<S extends RunStatus> = Extract<Run, { status: S }>;
export const runStatuses = [
  "queued",
  "running",
  "succeeded",
  "failed",
  "cancelled",
] as const satisfies readonly RunStatus[];

const [tq, tr, ts, tf, tc] = TrainingRun.options;
const [dq, dr, ds, df, dc] = DiagnosisRun.options;
const [cq, cr, cs, cf, cc] = ClusteringRun.options;
const [aq, ar, as, af, ac] = AdaptationRun.options;
const hidden = { workspaceId: true } as const;
const TrainingRunView = z.discriminatedUnion("status", [
  tq.omit(hidden),
  tr.omit(hidden),
  ts.omit(hidden),
  tf.omit(hidden),
  tc.omit(hidden),
]);
const DiagnosisRunView = z.discriminatedUnion("status", [
  dq.omit(hidden),
  dr.omit(hidden),
  ds.omit(hidden).extend({ result: z.object({ ...diagnosisResult, ...ofFaults, artefacts: z.array(ArtefactView) }) }),
  df.omit(hidden),
  dc.omit(hidden),
]);
/** Where a queued run stands among those of its workspace. */
export const QueuePosition = z
  .object({
    /** From 1; null where the run no longer waits. */
    position: z.int().positive().nullable(),
    /** Runs of the workspace that are running now. */
    running: z.int().nonnegative(),
  })
  .meta({ id: "QueuePosition" });
export type QueuePosition = z.infer<typeof QueuePosition>;

const ClusteringRunView = z.discriminatedUnion("status", [
  cq.omit(hidden),
  cr.omit(hidden),
  cs.omit(hidden).extend({ result: z.object({ ...clusteringResult, artefacts: z.array(ArtefactView) }) }),
  cf.omit(hidden),
  cc.omit(hidden),
]);
const AdaptationRunView = z.discriminatedUnion("status", [
  aq.omit(hidden),
  ar.omit(hidden),
  as.omit(hidden).extend({ result: z.object({ ...adaptationResult, artefacts: z.array(ArtefactView) }) }),
  af.omit(hidden),
  ac.omit(hidden),
]);
export const RunView = z
  .discriminatedUnion("kind", [TrainingRunView, DiagnosisRunView, ClusteringRunView, AdaptationRunView])
  .meta({ id: "RunView" });
export type RunView = z.infer<typeof RunView>;
