import type { Artefact } from "@systemhealer/contract/artefact";
import type { Run } from "@systemhealer/contract/run";
import { ConflictError, NotFoundError } from "@systemhealer/domain/errors";

/** @throws NotFoundError */
export function artefactNamed(artefacts: readonly Artefact[], name: string): Artefact {
  const artefact = artefacts.find((each) => each.name === name);
  if (!artefact) throw new NotFoundError("object-not-found", { name });
  return artefact;
}

/** @throws ConflictError unless the run is one that diagnoses rows, and succeeded */
export function diagnosisArtefact(run: Run, name: string): Artefact {
  if ((run.kind !== "diagnosis" && run.kind !== "adaptation") || run.status !== "succeeded") {
    throw new ConflictError("run-has-no-results", { id: run.runId, status: run.status });
  }
  return artefactNamed(run.result.artefacts, name);
}

/** @throws ConflictError unless the run is a clustering that succeeded */
export function clusteringArtefact(run: Run, name: string): Artefact {
  if (run.kind !== "clustering" || run.status !== "succeeded") {
    throw new ConflictError("run-has-no-results", { id: run.runId, status: run.status });
  }
  return artefactNamed(run.result.artefacts, name);
}

/** @throws ConflictError unless the run is an adaptation that succeeded */
export function adaptationArtefact(run: Run, name: string): Artefact {
  if (run.kind !== "adaptation" || run.status !== "succeeded") {
    throw new ConflictError("run-has-no-results", { id: run.runId, status: run.status });
  }
  return artefactNamed(run.result.artefacts, name);
}

export function downloadOf({ objectKey, name, contentType, sizeBytes, sha256 }: Artefact) {
  return { key: objectKey, fileName: name, contentType, sizeBytes, sha256 };
}
