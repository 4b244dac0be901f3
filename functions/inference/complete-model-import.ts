import { Sha256 } from "@systemhealer/contract/ids";
import { type Model, maxImportedModelBytes } from "@systemhealer/contract/model";
import { ModelCard } from "@systemhealer/contract/model-card";
import { ConflictError, InvalidError, NotFoundError } from "@systemhealer/domain/errors";
import { runIdOfModel } from "@systemhealer/domain/ids";
import { makeModel, modelView } from "@systemhealer/domain/model";
import { importKey, runArtefactKey } from "@systemhealer/domain/object-keys";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { readTrainingSample } from "@systemhealer/ml/adapt/sample/read-training-sample";
import { checkForeignModel } from "@systemhealer/ml/diagnose/check-foreign-model";
import { ModelFileError } from "@systemhealer/ml/diagnose/model-file-error";
import type { Handler } from "../http/router.ts";

export type ImportServices = Pick<Ports, "models" | "workspaces" | "objects" | "clock" | "audit">;

/**
 * Order: the file is checked, its copy and card are written where models lie, the record, then the file that was sent
 * goes. Repeating it goes on where it broke off; what was completed already answers the model.
 */
export const completeModelImport: Handler<"completeModelImport", ImportServices> = async (
  { path: { modelId }, body },
  { workspaceId, userId },
  services,
) => {
  const known = await findModel(services, workspaceId, modelId);
  const model = known ?? (await importModel(services, { workspaceId, modelId, name: body.name, createdBy: userId }));
  await services.objects.delete(importKey(workspaceId, modelId));
  const workspace = await services.workspaces.find(workspaceId);
  return modelView(model, workspace?.activeModelId ?? null);
};

async function importModel(
  services: ImportServices,
  order: Pick<Model, "workspaceId" | "modelId" | "name" | "createdBy">,
): Promise<Model> {
  const { workspaceId, modelId } = order;
  const bytes = await readImport(services, workspaceId, modelId);
  const card = await checkedCard(bytes);
  const trainingRunId = runIdOfModel(modelId);
  const write = async (name: string, content: Uint8Array, contentType: string) => {
    const objectKey = runArtefactKey(workspaceId, trainingRunId, name);
    const { sizeBytes, sha256, etag } = await services.objects.write(objectKey, content, contentType);
    return { name, objectKey, contentType, sizeBytes, sha256, etag };
  };
  const cardBytes = new TextEncoder().encode(JSON.stringify(card, null, 2));
  const model = makeModel({
    ...order,
    origin: "imported",
    trainingRunId,
    datasetSha256: card.trainingFileSha256,
    learner: card.learner,
    settings: card.settings,
    carriesSample: readTrainingSample(bytes, card.features.length, card.classes.length) !== undefined,
    featureCount: card.features.length,
    classes: card.classes.map((name) => ({ name, rows: 0 })),
    accuracy: card.accuracy,
    macroF1: card.macroF1,
    artefacts: [
      await write("model.onnx", bytes, "application/octet-stream"),
      await write("model-card.json", cardBytes, "application/json"),
    ],
    createdAt: services.clock().toISOString(),
  });
  try {
    await services.models.create(model);
    return model;
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return services.models.get(workspaceId, modelId);
  }
}

async function checkedCard(bytes: Uint8Array): Promise<ModelCard> {
  try {
    const model = await checkForeignModel(bytes);
    await model.close();
    const card = ModelCard.extend({ trainingFileSha256: Sha256 }).safeParse(model.card);
    if (!card.success) throw new ModelFileError("unknown-card", "the card is not as expected", { cause: card.error });
    return card.data;
  } catch (cause) {
    if (!(cause instanceof ModelFileError)) throw cause;
    throw new InvalidError("model-refused", { reason: cause.problem }, { cause });
  }
}

async function readImport({ objects }: ImportServices, workspaceId: string, modelId: string): Promise<Uint8Array> {
  try {
    return await objects.readBytes(importKey(workspaceId, modelId), maxImportedModelBytes);
  } catch (cause) {
    if (!(cause instanceof NotFoundError)) throw cause;
    throw new NotFoundError("import-not-found", { id: modelId }, { cause });
  }
}

async function findModel({ models }: ImportServices, workspaceId: string, modelId: string): Promise<Model | undefined> {
  try {
    return await models.get(workspaceId, modelId);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
