import type { DatasetIn } from "@systemhealer/contract/dataset";
import { RunFailedError } from "@systemhealer/domain/errors";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import { readData } from "@systemhealer/domain/use-cases/read-data";
import { type ReadTable, type ReadTableOptions, readTable } from "@systemhealer/ml/table/read-table";
import { TableError } from "@systemhealer/ml/table/table-error";

/** @throws RunFailedError; ConflictError `data-changed` */
export async function readDataset(
  objects: ObjectStore,
  dataset: DatasetIn<"ready">,
  signal: AbortSignal,
  options: Pick<ReadTableOptions, "labels" | "keepSampleIds" | "keepSeries" | "keepNodes"> = {},
): Promise<ReadTable> {
  const { labelColumn } = dataset;
  const { body } = await readData({ objects }, dataset);
  try {
    return await readTable(body, { ...(labelColumn !== undefined && { labelColumn }), ...options, signal });
  } catch (cause) {
    if (cause instanceof TableError) {
      const { code: reason, ...found } = cause.finding;
      throw new RunFailedError("data-unusable", { reason, ...found }, { cause });
    }
    if (cause instanceof RangeError) throw new RunFailedError("out-of-memory", { memoryMiB: residentMiB() }, { cause });
    throw cause;
  }
}

function residentMiB(): number {
  return Math.round(process.memoryUsage.rss() / 1024 ** 2);
}
