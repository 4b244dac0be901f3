import { type OpenModel, openModel } from "@systemhealer/ml/diagnose/model";
import { ModelFileError } from "@systemhealer/ml/diagnose/model-file-error";
import { UnusableModelError } from "../cli-error.ts";

/** @throws UnusableModelError that names the file */
export function openModelFile(
  path: string,
  bytes: Uint8Array,
  options?: Parameters<typeof openModel>[1],
): Promise<OpenModel> {
  return withModelOf(path, () => openModel(bytes, options));
}

/** What is wrong with a model, under the name of its file. @throws UnusableModelError */
export async function withModelOf<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ModelFileError) throw new UnusableModelError(path, error);
    throw error;
  }
}
