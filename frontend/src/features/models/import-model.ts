import type { Client } from "@systemhealer/contract/client";
import type { ModelView } from "@systemhealer/contract/model";
import { UploadError } from "@systemhealer/contract/upload";

const importSteps = ["importHashing", "importSending", "importChecking"] as const;
export type ImportStep = (typeof importSteps)[number];

/**
 * Sends a model file and has it checked.
 *
 * @throws UploadError where the storage does not take it; ApiError where a check refuses it, with the reason
 */
export async function importModel(
  client: Client,
  file: File,
  name: string,
  onStep: (step: ImportStep) => void,
): Promise<ModelView> {
  onStep("importHashing");
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const { modelId, request } = await client.call("createModelImport", { body: { sizeBytes: file.size, sha256 } });
  onStep("importSending");
  await send(request, file);
  onStep("importChecking");
  return client.call("completeModelImport", { modelId, body: { name } });
}

async function send(
  { url, headers }: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
  file: File,
): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(url, { method: "PUT", headers, body: file });
  } catch (cause) {
    throw new UploadError("storage-unreachable", "no answer", { cause });
  }
  if (!answer.ok) throw new UploadError("storage-refused", `HTTP ${answer.status}`);
}

export type ImportProblem = "importTooLarge" | "importWrongType";

/** What is wrong with a file before it is sent; undefined where nothing is. */
export function importProblem({ name, size }: Pick<File, "name" | "size">, most: number): ImportProblem | undefined {
  if (!name.toLowerCase().endsWith(".onnx")) return "importWrongType";
  return size > most ? "importTooLarge" : undefined;
}
