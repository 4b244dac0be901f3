import type { DatasetIn } from "@systemhealer/contract/dataset";
import type { Limits } from "@systemhealer/contract/limits";
import { Profile } from "@systemhealer/contract/profile";
import { expectDataset } from "@systemhealer/domain/dataset";
import { ConflictError } from "@systemhealer/domain/errors";
import { datasetArtefactKey } from "@systemhealer/domain/object-keys";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { type ValidationResult, validateTable } from "@systemhealer/ml/validate/validate-table";
import { openObjectWriter } from "@systemhealer/platform/object-writer";
import { startPulse } from "@systemhealer/platform/pulse";

const csvType = "text/csv; charset=utf-8";

export type Validated = ValidationResult & { readonly dataKey: string };

/**
 * Streams the object through the validation, with signs of life; of a compressed file an uncompressed copy is written
 * on the way.
 * @throws ConflictError when the object has changed, or the data set is no longer being validated
 */
export async function validateStored(
  ports: Pick<Ports, "datasets" | "objects" | "clock">,
  dataset: DatasetIn<"validating">,
  options: { limits: Limits; heartbeatSeconds: number; onBeatError: (error: unknown) => void },
): Promise<Validated> {
  const { workspaceId, datasetId, purpose, fileName, labelColumn } = dataset;
  const like = await expectedColumns(ports, dataset);
  const unwanted = new AbortController();
  const pulse = startPulse(0, {
    send: (rowsRead) => ports.datasets.beat(workspaceId, datasetId, rowsRead, ports.clock().toISOString()),
    maxMilliseconds: options.heartbeatSeconds * 250,
    onUnwanted: () => unwanted.abort(new ConflictError("dataset-not-validating", { id: datasetId, status: "-" })),
    onError: options.onBeatError,
  });
  const copyKey = datasetArtefactKey(workspaceId, datasetId, "data.csv");
  const copy = (await isCompressed(ports, dataset)) ? openObjectWriter(ports.objects, copyKey, csvType) : undefined;
  try {
    const { body } = await ports.objects.read(dataset.objectKey, { etag: dataset.etag });
    const result = await validateTable(body, {
      purpose,
      fileName,
      limits: options.limits,
      ...(labelColumn !== undefined && { labelColumn }),
      ...like,
      ...(copy && { onPlainBytes: (bytes: Uint8Array) => copy.push(bytes) }),
      onProgress: ({ rowsRead }) => pulse.update(rowsRead),
      signal: unwanted.signal,
    });
    await (result.ok ? copy?.finish() : copy?.abandon());
    return { ...result, dataKey: copy ? copyKey : dataset.objectKey };
  } catch (error) {
    await copy?.abandon();
    throw error;
  } finally {
    await pulse.stop();
  }
}

/** Whether the object begins as gzip does (RFC 1952). */
async function isCompressed({ objects }: Pick<Ports, "objects">, dataset: DatasetIn<"validating">): Promise<boolean> {
  if (dataset.sizeBytes < 2) return false;
  const { body } = await objects.read(dataset.objectKey, { etag: dataset.etag, range: [0, 2] });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const [first, second] = Buffer.concat(chunks);
  return first === 0x1f && second === 0x8b;
}

/** Columns of the data set that this one has to be like. */
async function expectedColumns(
  ports: Pick<Ports, "datasets" | "objects">,
  { workspaceId, likeDatasetId }: DatasetIn<"validating">,
): Promise<{ expectedColumns?: readonly string[] }> {
  if (likeDatasetId === undefined) return {};
  const like = expectDataset(await ports.datasets.get(workspaceId, likeDatasetId), "ready");
  const { columns } = await readJson(ports, like.profileKey, Profile);
  return { expectedColumns: columns };
}
