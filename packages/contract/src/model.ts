import { z } from "zod";
import { adaptationFacts } from "./adaptation.ts";
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
  /** The model that it was adapted from; that one may be gone since. */
  adaptedFrom: ModelId.optional(),
  adaptation: z.object({ ...adaptationFacts, rows: z.int().positive() }).optional(),
  /** Whether it can be adapted: its file carries training rows. Absent where that was not noted. */
  carriesSample: z.boolean().optional(),
  /** The training or adaptation that made it; names the folder of its files. Of an imported model there is no such run. */
  trainingRunId: RunId,
  /** Of an adapted model the rows of the new environment; absent where the model was imported. */
  datasetId: DatasetId.optional(),
  /** Of the training file, so that the model's origin can be checked after the data set is gone. */
  datasetSha256: Sha256,
  learner: z.string(),
  settings: TrainingSettings,
  featureCount: z.int().positive(),
  /** With their training rows; 0 where the model was imported, of an adapted one as they were diagnosed. */
  classes: z.array(ClassCount),
  /** On rows that the training never saw; of an adapted model what is expected. */
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
