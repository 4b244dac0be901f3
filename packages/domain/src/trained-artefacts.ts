import { Artefact } from "@systemhealer/contract/artefact";

/** Object in a run's folder by which the trainer tells what it has written. */
export const trainedArtefactsName = "artefacts.json";

/** What a trainer leaves for the registration: `{schema, artefacts}` as JSON. */
export function writeTrainedArtefacts(artefacts: readonly Artefact[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ schema: "artefacts.v1", artefacts }));
}

/** For `readJson`. @throws when it is not what `writeTrainedArtefacts` writes */
export const trainedArtefacts = {
  parse(value: unknown): Artefact[] {
    if (typeof value !== "object" || value === null || !("schema" in value) || !("artefacts" in value)) {
      throw new TypeError("no list of artefacts");
    }
    if (value.schema !== "artefacts.v1") throw new TypeError(`unknown schema ${String(value.schema)}`);
    return Artefact.array().parse(value.artefacts);
  },
};
