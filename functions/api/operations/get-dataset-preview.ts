import { Profile } from "@systemhealer/contract/profile";
import { expectDataset } from "@systemhealer/domain/dataset";
import { readData } from "@systemhealer/domain/use-cases/read-data";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { firstRows } from "@systemhealer/ml/table/first-rows";
import type { Handler } from "../services.ts";

/** Read of the file at most; a row that does not end within is not shown. */
const maxPreviewBytes = 2 * 1024 ** 2;

export const getDatasetPreview: Handler<"getDatasetPreview"> = async ({ path, query }, { workspaceId }, services) => {
  const dataset = expectDataset(await services.datasets.get(workspaceId, path.datasetId), "ready");
  const { columns, dialect, ranges, rows: totalRows } = await readJson(services, dataset.profileKey, Profile);
  const [first, last] = [ranges.at(0), ranges.at(-1)];
  if (!first || !last) return { columns, rows: [], totalRows };
  const end = Math.min(last.endByte, first.firstByte + maxPreviewBytes);
  const { body } = await readData(services, dataset, [first.firstByte, end]);
  const rows = await firstRows(body, {
    columnCount: columns.length,
    delimiter: dialect.delimiter,
    maxRows: query.rows,
    whole: end === last.endByte,
  });
  return { columns, rows, totalRows };
};
