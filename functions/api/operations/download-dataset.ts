import { createHash } from "node:crypto";
import type { Dataset } from "@systemhealer/contract/dataset";
import { expectDataset } from "@systemhealer/domain/dataset";
import { maxJsonBytes } from "@systemhealer/domain/use-cases/read-json";
import type { Handler, Services } from "../services.ts";

export const downloadDataset: Handler<"downloadDataset"> = async ({ path, body }, { workspaceId }, services) => {
  const dataset = await services.datasets.get(workspaceId, path.datasetId);
  if (body.artefact !== "data")
    return services.transfers.signDownload(await jsonFile(services, dataset, body.artefact));
  const { objectKey, fileName, sizeBytes, sha256 } = expectDataset(dataset, "ready");
  const contentType = fileName.endsWith(".gz") ? "application/gzip" : "text/csv; charset=utf-8";
  return services.transfers.signDownload({ key: objectKey, fileName, contentType, sizeBytes, sha256 });
};

async function jsonFile({ objects }: Services, dataset: Dataset, name: "profile.json" | "validation-report.json") {
  const key =
    name === "profile.json" ? expectDataset(dataset, "ready").profileKey : expectDataset(dataset, "rejected").reportKey;
  const bytes = await objects.readBytes(key, maxJsonBytes);
  return {
    key,
    fileName: `${dataset.name}-${name}`,
    contentType: "application/json",
    sizeBytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}
