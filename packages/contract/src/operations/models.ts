import { z } from "zod";
import { AnnotationChange, Tag } from "../annotations.ts";
import { Download, modelArtefactNames } from "../artefact.ts";
import { ModelId } from "../ids.ts";
import { ModelView } from "../model.ts";
import { ModelCard, Report } from "../model-card.ts";
import { modelPath, type Operation, operation, page, pageOf } from "./operation.ts";

export const modelOperations = {
  listModels: operation({
    method: "GET",
    path: "/v1/models",
    summary: "Models, newest first.",
    role: "viewer",
    target: "api",
    query: page.extend({ tag: Tag.optional() }),
    status: 200,
    output: pageOf(ModelView),
    problems: ["invalid"],
  }),
  getModel: operation({
    method: "GET",
    path: "/v1/models/{modelId}",
    summary: "One model.",
    role: "viewer",
    target: "api",
    pathParameters: modelPath,
    status: 200,
    output: ModelView,
    problems: ["not-found"],
  }),
  updateModel: operation({
    method: "PATCH",
    path: "/v1/models/{modelId}",
    summary: "Change a model's name, notes or tags.",
    role: "operator",
    target: "api",
    pathParameters: modelPath,
    body: AnnotationChange,
    status: 200,
    output: ModelView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  getModelSummary: operation({
    method: "GET",
    path: "/v1/models/{modelId}/summary",
    summary: "Card and report of a model, to read before the download.",
    role: "viewer",
    target: "api",
    pathParameters: modelPath,
    status: 200,
    output: z.object({ card: ModelCard, report: Report }),
    problems: ["not-found"],
  }),
  activateModel: operation({
    method: "POST",
    path: "/v1/models/{modelId}/activate",
    summary: "Make it the workspace's active model; the answer names the one that was active before.",
    role: "operator",
    target: "api",
    pathParameters: modelPath,
    status: 200,
    output: ModelView.extend({ formerActiveModelId: ModelId.nullable() }),
    problems: ["not-found", "conflict"],
  }),
  downloadModel: operation({
    method: "POST",
    path: "/v1/models/{modelId}/downloads",
    summary: "A short-lived address of the model, its card or its report.",
    role: "viewer",
    target: "api",
    pathParameters: modelPath,
    body: z.object({ artefact: z.enum(modelArtefactNames) }),
    status: 201,
    output: Download,
    problems: ["invalid", "not-found"],
  }),
  deleteModel: operation({
    method: "DELETE",
    path: "/v1/models/{modelId}",
    summary: "Delete a model that nothing uses.",
    role: "operator",
    target: "api",
    pathParameters: modelPath,
    status: 204,
    output: null,
    problems: ["not-found", "conflict"],
  }),
} as const satisfies Record<string, Operation>;
