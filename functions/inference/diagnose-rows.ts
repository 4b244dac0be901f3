import { defaultAnomalyThreshold, maxDeviations } from "@systemhealer/contract/anomalies";
import { maxRangeViolations } from "@systemhealer/contract/diagnosis";
import { maxExplainedRows } from "@systemhealer/contract/explanation";
import type { Limits } from "@systemhealer/contract/limits";
import type { Model } from "@systemhealer/contract/model";
import { ConflictError, InvalidError, RunFailedError } from "@systemhealer/domain/errors";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { findActiveModel } from "@systemhealer/domain/use-cases/find-active-model";
import type { AnomalyBaseline } from "@systemhealer/ml/anomaly/baseline";
import { RowJudge } from "@systemhealer/ml/anomaly/row-judge";
import { zScore } from "@systemhealer/ml/anomaly/z-score";
import type { DiagnosisModel } from "@systemhealer/ml/diagnose/diagnosis-model";
import { expectProbabilities } from "@systemhealer/ml/diagnose/expect-probabilities";
import { ModelFileError } from "@systemhealer/ml/diagnose/model-file-error";
import { noveltyLimitOf } from "@systemhealer/ml/diagnose/novelty-limit";
import { predictionSet } from "@systemhealer/ml/honesty/conformal";
import type { ModelReference } from "@systemhealer/ml/honesty/model-reference";
import { outOfRange } from "@systemhealer/ml/honesty/normal-ranges";
import type { Handler } from "../http/router.ts";
import type { ModelCache } from "./model-cache.ts";
import { rowValues } from "./row-values.ts";
import { rowWindows } from "./row-windows.ts";

export interface InferenceServices extends Pick<Ports, "models" | "workspaces"> {
  readonly limits: Limits;
  readonly cache: ModelCache;
}

export const diagnoseRows: Handler<"diagnoseRows", InferenceServices> = async ({ body }, { workspaceId }, services) => {
  const { maxRowsPerRequest } = services.limits;
  if (body.rows.length > maxRowsPerRequest) {
    throw new InvalidError("too-many-rows-at-once", { found: body.rows.length, expected: maxRowsPerRequest });
  }
  if (body.explain && body.rows.length > maxExplainedRows) {
    throw new InvalidError("too-many-rows-at-once", { found: body.rows.length, expected: maxExplainedRows });
  }
  const stored = body.modelId
    ? await services.models.get(workspaceId, body.modelId)
    : await findActiveModel(services, workspaceId);
  if (!stored) throw new ConflictError("no-active-model");
  const model = await openModel(services.cache, stored);
  const { classes } = model.card;
  const { values, columns } = rowValues(body.rows, model.card);
  const limit = noveltyLimitOf(model);
  const novelty = limit === undefined ? undefined : new Float32Array(body.rows.length);
  const asked = rowWindows(body.rows, values, model.card);
  const probabilities = await model.predict(asked, body.rows.length, novelty);
  checkAnswers(probabilities, body.rows.length, classes.length);
  const explanations = body.explain
    ? await (await services.cache.explainer(stored)).explain(asked, probabilities, body.rows.length)
    : undefined;
  const baseline = model.reference?.baseline;
  const judge = baseline && new RowJudge(baseline, body.anomalyThreshold ?? defaultAnomalyThreshold);
  const rows = body.rows.map((_, row) => ({
    ...describeRow(probabilities.subarray(row * classes.length, (row + 1) * classes.length), classes),
    ...(model.reference && describeBounds(model, model.reference, values, probabilities, row)),
    ...(baseline && judge && { anomaly: describeAnomaly(model.card, baseline, judge, values, row) }),
    ...(novelty && limit !== undefined && { novelty: novelty[row]!, unknown: novelty[row]! > limit }),
    ...(explanations && { explanation: { ...explanations[row]!, kpis: [...explanations[row]!.kpis] } }),
  }));
  return { modelId: stored.modelId, classes: [...classes], columns, rows };
};

async function openModel(cache: ModelCache, model: Model): Promise<DiagnosisModel> {
  try {
    return await cache.get(model);
  } catch (cause) {
    if (cause instanceof RunFailedError) throw new ConflictError(cause.code, cause.parameters, { cause });
    throw cause;
  }
}

function checkAnswers(probabilities: Float32Array, rowCount: number, classCount: number): void {
  try {
    expectProbabilities(probabilities, rowCount, classCount);
  } catch (cause) {
    if (cause instanceof ModelFileError) throw new ConflictError(cause.code, cause.parameters, { cause });
    throw cause;
  }
}

/** What the model's word on a row can be taken for. */
function describeBounds(
  { card: { features, classes } }: DiagnosisModel,
  { conformal, normalRanges, baseline }: ModelReference,
  values: Float32Array,
  probabilities: Float32Array,
  row: number,
) {
  const set = predictionSet(conformal, probabilities, row * classes.length).map((index) => classes[index]!);
  const violations = outOfRange(normalRanges, values, row * features.length).slice(0, maxRangeViolations);
  return {
    set,
    outOfRange: violations.map(({ column, ...violation }) => {
      const { low, high } = normalRanges.ranges[column]!;
      const score = zScore(violation.value, baseline?.means[column] ?? Number.NaN, baseline?.deviations[column] ?? 1);
      return { name: features[column]!.name, low, high, ...violation, ...(!Number.isNaN(score) && { z: score }) };
    }),
  };
}

/** How far the row's KPIs stray from their means. */
function describeAnomaly(
  { features }: DiagnosisModel["card"],
  { source, means, deviations }: AnomalyBaseline,
  judge: RowJudge,
  values: Float32Array,
  row: number,
) {
  const { beyond, excess, lone, anomalous } = judge.judge(values, row * features.length);
  const { threshold, expectedKpis, excess: limit } = judge.limit;
  const kpis = judge.deviations(values, row * features.length).slice(0, maxDeviations);
  return {
    ...{ anomalous, lone, threshold, kpisBeyond: beyond, expectedKpis, excess, limit, source },
    kpis: kpis.map(({ column, value, z }) => ({
      ...{ name: features[column]!.name, value, z },
      mean: means[column]!,
      standardDeviation: deviations[column]!,
    })),
  };
}

function describeRow(probabilities: Float32Array, classes: readonly string[]) {
  let best = 0;
  for (let i = 1; i < probabilities.length; i++) if (probabilities[i]! > probabilities[best]!) best = i;
  return { diagnosis: classes[best]!, confidence: probabilities[best]!, probabilities: [...probabilities] };
}
