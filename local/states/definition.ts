import type { Json, JsonObject } from "../template/json.ts";
import { isObject, listOf, objectOf } from "../template/json.ts";

/** One state of a definition, with what surrounds it. */
export interface StateEntry {
  readonly name: string;
  readonly state: JsonObject;
  /** The Map or Parallel states around it, outermost first. */
  readonly around: readonly string[];
}

/** The machines directly inside a Map or Parallel state. */
export function innerMachines(state: JsonObject): JsonObject[] {
  return [...listOf(state.Branches), state.ItemProcessor, state.Iterator].filter(isObject);
}

/** All states of a definition, those inside Map and Parallel states too. */
export function allStates(machine: JsonObject, around: readonly string[] = []): StateEntry[] {
  return Object.entries(objectOf(machine.States)).flatMap(([name, value]) => {
    const state = objectOf(value);
    return [{ name, state, around }, ...innerMachines(state).flatMap((inner) => allStates(inner, [...around, name]))];
  });
}

/** Every text in a value that a payload template or path field may hold. */
export function textsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
