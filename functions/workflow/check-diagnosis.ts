import type { ModelCard } from "@systemhealer/contract/model-card";
import { type ByteRange, Profile } from "@systemhealer/contract/profile";
import type { Run } from "@systemhealer/contract/run";
import { expectDataset } from "@systemhealer/domain/dataset";
import { RunFailedError } from "@systemhealer/domain/errors";
import { listNames } from "@systemhealer/domain/list-names";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { ColumnsDoNotMatchError, matchColumns } from "@systemhealer/ml/diagnose/match-columns";
import { readModelCard } from "./model-artefacts.ts";

/**
 * @returns the byte ranges of the run's data set
 * @throws RunFailedError `columns-do-not-match` or `model-unusable`
 */
export async function checkDiagnosis(
  ports: Pick<Ports, "datasets" | "models" | "objects">,
  run: Run,
): Promise<readonly ByteRange[]> {
  if (run.kind !== "diagnosis") throw new TypeError(`${run.runId} is no diagnosis`);
  const { workspaceId } = run;
  const dataset = expectDataset(await ports.datasets.get(workspaceId, run.datasetId), "ready");
  const model = await ports.models.get(workspaceId, run.modelId);
  const [card, profile] = await Promise.all([
    readModelCard(ports.objects, model),
    readJson(ports, dataset.profileKey, Profile),
  ]);
  matchOrFail(profile.columns, card, dataset.labelColumn);
  return profile.ranges;
}

function matchOrFail(columns: readonly string[], card: ModelCard, labelColumn: string | undefined): void {
  try {
    matchColumns(columns, card, labelColumn === undefined ? {} : { labelColumn });
  } catch (cause) {
    if (!(cause instanceof ColumnsDoNotMatchError)) throw cause;
    const { found, expected } = cause;
    throw new RunFailedError("columns-do-not-match", { found, expected, ...listNames(cause.missing) }, { cause });
  }
}
