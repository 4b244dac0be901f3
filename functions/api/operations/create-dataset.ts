import type { Dataset, PendingUpload } from "@systemhealer/contract/dataset";
import type { ParsedInput } from "@systemhealer/contract/operations";
import { announceDataset, datasetView } from "@systemhealer/domain/dataset";
import { InvalidError } from "@systemhealer/domain/errors";
import { newDatasetId } from "@systemhealer/domain/ids";
import { uploadKey } from "@systemhealer/domain/object-keys";
import { expectRoomFor } from "@systemhealer/domain/use-cases/check-quotas";
import { expectDiagnosable } from "../expect-diagnosable.ts";
import type { Handler, Services } from "../services.ts";
import { partSizeOf, singleUploadBytes, uploadPlan } from "../upload-plan.ts";

export const createDataset: Handler<"createDataset"> = async ({ body }, caller, services) => {
  const { workspaceId } = caller;
  const { maxFileBytes } = services.limits;
  if (body.sizeBytes > maxFileBytes) {
    throw new InvalidError("file-too-large", { found: body.sizeBytes, expected: maxFileBytes });
  }
  await expectRoomFor(services, workspaceId, body.sizeBytes, services.limits);
  if (body.likeDatasetId) await expectReady(services, workspaceId, body.likeDatasetId);
  const followUp = await followUpOf(services, workspaceId, body);
  const now = services.clock();
  const datasetId = newDatasetId();
  const upload = await startUpload(services, uploadKey(workspaceId, datasetId), body);
  const dataset = announceDataset(
    {
      ...{ workspaceId, datasetId, upload },
      name: body.name ?? body.fileName.slice(0, 200).toWellFormed(),
      fileName: body.fileName,
      purpose: body.purpose,
      ...(body.labelColumn !== undefined && { labelColumn: body.labelColumn }),
      ...(body.likeDatasetId !== undefined && { likeDatasetId: body.likeDatasetId }),
      ...followUp,
      origin: "upload",
      sizeBytes: body.sizeBytes,
      createdBy: caller.userId,
      expiresAt: new Date(now.getTime() + services.uploadSeconds * 1000).toISOString(),
    },
    now.toISOString(),
  );
  await services.datasets.create(dataset);
  return { dataset: datasetView(dataset), upload: await uploadPlan(services, dataset) };
};

async function followUpOf(
  services: Services,
  workspaceId: string,
  { followUp, purpose, settings, thenDiagnose }: ParsedInput<"createDataset">["body"],
): Promise<Pick<Dataset, "followUp" | "training">> {
  if (followUp === "train" && purpose !== "training") throw new InvalidError("follow-up-unfit", { purpose, followUp });
  if (followUp !== "train") return { followUp: followUp ?? "none" };
  if (thenDiagnose !== undefined) await expectDiagnosable(services, workspaceId, thenDiagnose);
  const training = { ...(settings && { settings }), ...(thenDiagnose !== undefined && { thenDiagnose }) };
  return { followUp, ...(Object.keys(training).length > 0 && { training }) };
}

async function startUpload(
  { transfers }: Services,
  key: string,
  { sizeBytes, sha256 }: { sizeBytes: number; sha256?: string | undefined },
): Promise<PendingUpload> {
  if (sizeBytes <= singleUploadBytes) {
    if (sha256 === undefined) throw new InvalidError("sha256-needed");
    return { mode: "single", sha256 };
  }
  return { mode: "multipart", uploadId: await transfers.startMultipart(key), partSizeBytes: partSizeOf(sizeBytes) };
}

async function expectReady({ datasets }: Services, workspaceId: string, datasetId: string): Promise<void> {
  const { status } = await datasets.get(workspaceId, datasetId);
  if (status !== "ready") throw new InvalidError("dataset-not-ready", { id: datasetId, status });
}
