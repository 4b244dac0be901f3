import { ModelCard } from "@systemhealer/contract/model-card";
import { type ByteRange, Profile } from "@systemhealer/contract/profile";
import type { Run } from "@systemhealer/contract/run";
import { expectDataset } from "@systemhealer/domain/dataset";
import { NotFoundError, RunFailedError } from "@systemhealer/domain/errors";
import { listNames } from "@systemhealer/domain/list-names";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { DamagedFileError, readJson } from "@systemhealer/domain/use-cases/read-json";
import { ColumnsDoNotMatchError, matchColumns } from "@systemhealer/ml/diagnose/match-columns";

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
  const { artefacts } = await ports.models.get(workspaceId, run.modelId);
  const cardKey = artefacts.find(({ name }) => name === "model-card.json")?.objectKey;
  if (!cardKey) throw new RunFailedError("model-unusable", { reason: "artefact-missing", name: "model-card.json" });
  const [card, profile] = await Promise.all([readCard(ports, cardKey), readJson(ports, dataset.profileKey, Profile)]);
  matchOrFail(profile.columns, card, dataset.labelColumn);
  return profile.ranges;
}

async function readCard(ports: Pick<Ports, "objects">, key: string): Promise<ModelCard> {
  try {
    return await readJson(ports, key, ModelCard);
  } catch (cause) {
    if (!(cause instanceof NotFoundError || cause instanceof DamagedFileError)) throw cause;
    const reason = cause instanceof NotFoundError ? "artefact-missing" : "artefact-changed";
    throw new RunFailedError("model-unusable", { reason, name: "model-card.json" }, { cause });
  }
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
