import { z } from "zod";
import { annotations } from "./annotations.ts";
import { Artefact, ArtefactView } from "./artefact.ts";
import { DatasetId, ModelId, RunId, Sha256, Timestamp, WorkspaceId } from "./ids.ts";
import { ClassCount } from "./profile.ts";
import { TrainingSettings } from "./training-settings.ts";

/** Immutable but for its name, notes and tags. */
export const Model = z.object({
  schema: z.literal("model.v1"),
  workspaceId: WorkspaceId,
  modelId: ModelId,
  name: z.string().min(1).max(200),
  /** Absent: trained here. */
  origin: z.literal("imported").optional(),
  /** Names the folder of its files; of an imported model there is no such run. */
  trainingRunId: RunId,
  /** Absent where the model was imported. */
  datasetId: DatasetId.optional(),
  /** Of the training file, so that the model's origin can be checked after the data set is gone. */
  datasetSha256: Sha256,
  learner: z.string(),
  settings: TrainingSettings,
  featureCount: z.int().positive(),
  /** With their training rows; 0 where the model was imported. */
  classes: z.array(ClassCount),
  /** On rows that the training never saw. */
  accuracy: z.number().min(0).max(1),
  macroF1: z.number().min(0).max(1),
  artefacts: z.array(Artefact),
  /** Ids of the runs that need it, and `active` while it is the workspace's active model. */
  usedBy: z.array(z.string()),
  version: z.int().positive(),
  createdAt: Timestamp,
  createdBy: z.string(),
  updatedAt: Timestamp,
  ...annotations,
});
/** Bytes of a model file that can be imported. */
export const maxImportedModelBytes = 128 * 1024 ** 2;

export type Model = z.infer<typeof Model>;

export const ModelView = Model.omit({ workspaceId: true, artefacts: true })
  .extend({
    artefacts: z.array(ArtefactView),
    active: z.boolean(),
  })
  .meta({ id: "ModelView" });
export type ModelView = z.infer<typeof ModelView>;
