import type { Artefact } from "@systemhealer/contract/artefact";
import { ResultsIndex } from "@systemhealer/contract/results-page";
import { ConflictError, NotFoundError } from "@systemhealer/domain/errors";
import { runArtefactKey } from "@systemhealer/domain/object-keys";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { type ResultsFilter, readResultsLayout, scanResults } from "@systemhealer/ml/table/results-page";
import { diagnosisArtefact } from "../artefacts.ts";
import type { Handler, Services } from "../services.ts";
import { storedArtefact } from "../stored-artefact.ts";

/** Of the results, looked at in one call; at least one stretch of the index. */
const maxScannedBytes = 8 * 1024 ** 2;

export const getRunResults: Handler<"getRunResults"> = async ({ path, query }, { workspaceId }, services) => {
  const named = diagnosisArtefact(await services.runs.get(workspaceId, path.runId), "results.csv");
  const csv = await storedArtefact(services, { workspaceId, id: path.runId }, named);
  const index = await readIndex(services, workspaceId, path.runId);
  const header = await bytesOf(services, csv, 0, index.offsets[0] ?? csv.sizeBytes);
  const layout = await readResultsLayout(header);
  const { offset, limit, class: diagnosis, ...rest } = query;
  const facts = { totalRows: index.rows, idColumn: layout.idColumn, classes: [...layout.classes] };
  if (offset >= index.rows) return { ...facts, items: [], scannedRows: 0 };

  const filter: ResultsFilter = { diagnosis, ...rest };
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const stretch = stretchOf(index, csv.sizeBytes, offset, isFiltered ? index.rows : limit);
  const { body } = await services.objects.read(csv.objectKey, { range: [stretch.firstByte, stretch.endByte] });
  const scan = await scanResults(body, layout, { firstRow: stretch.firstRow + 1, from: offset + 1, limit, filter });
  const next = offset + scan.passedRows;
  return {
    ...facts,
    items: scan.items.map(({ probabilities, ...row }) => ({ ...row, probabilities: [...probabilities] })),
    scannedRows: scan.passedRows,
    ...(next < index.rows && scan.passedRows > 0 && { nextOffset: next }),
  };
};

/**
 * Whole stretches of the index, from the one that holds row `offset` on, for `rows` rows or as many as may be read.
 * @param offset from 0
 */
function stretchOf({ offsets, every }: ResultsIndex, sizeBytes: number, offset: number, rows: number) {
  const endOf = (stretch: number) => offsets[stretch + 1] ?? sizeBytes;
  const first = Math.floor(offset / every);
  const firstByte = offsets[first] ?? sizeBytes;
  let last = first;
  while ((last + 1) * every < offset + rows && last + 1 < offsets.length) {
    if (endOf(last + 1) - firstByte > maxScannedBytes) break;
    last++;
  }
  return { firstRow: first * every, firstByte, endByte: endOf(last) };
}

async function readIndex(services: Services, workspaceId: string, runId: string): Promise<ResultsIndex> {
  try {
    return await readJson(services, runArtefactKey(workspaceId, runId, "results-index.json"), ResultsIndex);
  } catch (cause) {
    if (!(cause instanceof NotFoundError)) throw cause;
    throw new ConflictError("no-results-index", { id: runId }, { cause });
  }
}

async function bytesOf({ objects }: Services, { objectKey }: Artefact, from: number, to: number): Promise<Uint8Array> {
  const { body } = await objects.read(objectKey, { range: [from, to] });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
