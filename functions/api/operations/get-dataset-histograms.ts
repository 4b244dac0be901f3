import { Histograms } from "@systemhealer/contract/histograms";
import { expectDataset } from "@systemhealer/domain/dataset";
import { ConflictError, NotFoundError } from "@systemhealer/domain/errors";
import { datasetArtefactKey } from "@systemhealer/domain/object-keys";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import type { Handler, Services } from "../services.ts";

export const getDatasetHistograms: Handler<"getDatasetHistograms"> = async (
  { path, query },
  { workspaceId },
  services,
) => {
  const { datasetId } = expectDataset(await services.datasets.get(workspaceId, path.datasetId), "ready");
  const { schema: _, features, ...facts } = await readHistograms(services, workspaceId, datasetId);
  const { feature, offset, limit } = query;
  const search = query.search?.toLowerCase();
  const found = features.filter(
    ({ name }) =>
      (feature === undefined || name === feature) && (search === undefined || name.toLowerCase().includes(search)),
  );
  const end = offset + limit;
  return {
    ...facts,
    items: found.slice(offset, end),
    total: found.length,
    ...(end < found.length && { nextOffset: end }),
  };
};

async function readHistograms(services: Services, workspaceId: string, datasetId: string): Promise<Histograms> {
  try {
    return await readJson(services, datasetArtefactKey(workspaceId, datasetId, "histograms.json"), Histograms);
  } catch (cause) {
    if (!(cause instanceof NotFoundError)) throw cause;
    throw new ConflictError("no-histograms", { id: datasetId }, { cause });
  }
}
