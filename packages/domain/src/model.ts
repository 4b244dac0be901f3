import { type Model, ModelView } from "@systemhealer/contract/model";

/** In a model's `usedBy` while it is its workspace's active model. */
export const activeUser = "active";

export function makeModel(facts: Omit<Model, "schema" | "usedBy" | "version" | "updatedAt">): Model {
  return { ...facts, schema: "model.v1", usedBy: [], version: 1, updatedAt: facts.createdAt };
}

export function modelView(model: Model, activeModelId: string | null): ModelView {
  return ModelView.parse({ ...model, active: model.modelId === activeModelId });
}
