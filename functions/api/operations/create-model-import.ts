import { newModelId } from "@systemhealer/domain/ids";
import { importKey } from "@systemhealer/domain/object-keys";
import type { Handler } from "../services.ts";

/** Nothing is kept until the file is checked: one that never comes leaves nothing, one that is not completed expires. */
export const createModelImport: Handler<"createModelImport"> = async ({ body }, { workspaceId }, { transfers }) => {
  const modelId = newModelId();
  return { modelId, request: await transfers.signUpload(importKey(workspaceId, modelId), body.sizeBytes, body.sha256) };
};
