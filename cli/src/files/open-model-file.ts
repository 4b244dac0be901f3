import { type OpenModel, openModel } from "@systemhealer/ml/diagnose/model";
import { ModelFileError } from "@systemhealer/ml/diagnose/model-file-error";
import { UnusableModelError } from "../cli-error.ts";

/** @throws UnusableModelError that names the file */
export async function openModelFile(
  path: string,
  bytes: Uint8Array,
  options?: Parameters<typeof openModel>[1],
): Promise<OpenModel> {
  try {
    return await openModel(bytes, options);
  } catch (error) {
    if (error instanceof ModelFileError) throw new UnusableModelError(path, error);
    throw error;
  }
}
