import type { Artefact } from "@systemhealer/contract/artefact";
import type { Model } from "@systemhealer/contract/model";
import { RunFailedError } from "@systemhealer/domain/errors";
import type { ObjectStore } from "@systemhealer/domain/ports/object-store";
import { readArtefact } from "@systemhealer/domain/use-cases/read-artefact";
import { type OpenModel, openModel } from "@systemhealer/ml/diagnose/model";
import { ModelFileError } from "@systemhealer/ml/diagnose/model-file-error";
import { type Explainer, openExplainer } from "@systemhealer/ml/explain/open-explainer";

/** Open models kept per environment; a model takes some ten megabytes. */
const maxModels = 3;
const maxModelBytes = 512 * 1024 ** 2;

/**
 * Opens models and keeps the latest used ones, keyed by the SHA-256 of their bytes, which is checked before use: a file
 * that is lost or damaged is read as a former version has it, where one is kept.
 * For one diagnosis at a time, as Lambda gives them: a model that makes room for another is closed.
 */
export class ModelCache {
  readonly #objects: ObjectStore;
  readonly #open = new Map<string, Promise<OpenModel>>();
  readonly #explainers = new WeakMap<OpenModel, Promise<Explainer>>();

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** @throws RunFailedError `model-unusable` when the stored model is damaged or missing */
  async get(model: Model): Promise<OpenModel> {
    const artefact = onnxOf(model);
    const opened = this.#open.get(artefact.sha256) ?? this.#load(artefact);
    this.#open.delete(artefact.sha256);
    this.#open.set(artefact.sha256, opened);
    try {
      const usable = await opened;
      await this.#makeRoom();
      return usable;
    } catch (error) {
      this.#open.delete(artefact.sha256);
      throw error;
    }
  }

  /**
   * What explains a model's diagnoses, kept as long as the model is. Its file is read again for that.
   * @throws RunFailedError as `get`
   */
  async explainer(model: Model): Promise<Explainer> {
    const open = await this.get(model);
    let explainer = this.#explainers.get(open);
    if (!explainer) {
      explainer = this.#read(onnxOf(model)).then((bytes) => openExplainer(bytes, open));
      this.#explainers.set(open, explainer);
    }
    try {
      return await explainer;
    } catch (error) {
      this.#explainers.delete(open);
      throw error;
    }
  }

  async #load(artefact: Artefact): Promise<OpenModel> {
    const bytes = await this.#read(artefact);
    try {
      return await openModel(bytes);
    } catch (cause) {
      const parameters = cause instanceof ModelFileError ? cause.parameters : { reason: reasonOf(cause) };
      throw new RunFailedError("model-unusable", parameters, { cause });
    }
  }

  /** The bytes that the record names. */
  async #read(artefact: Artefact): Promise<Uint8Array> {
    return (await readArtefact(this.#objects, artefact, maxModelBytes)).bytes;
  }

  async #makeRoom(): Promise<void> {
    for (const [sha256, oldest] of this.#open) {
      if (this.#open.size <= maxModels) return;
      this.#open.delete(sha256);
      await (await oldest).close();
    }
  }
}

function onnxOf({ artefacts }: Model): Artefact {
  const artefact = artefacts.find(({ name }) => name === "model.onnx");
  if (!artefact) throw new RunFailedError("model-unusable", { reason: "artefact-missing", name: "model.onnx" });
  return artefact;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
