import { isObject, type Json, type JsonObject, objectOf } from "../template/json.ts";

/** setTimeout overflows beyond 2^31 - 1 ms. */
const longestTimeoutSeconds = 2_147_000;

/**
 * The same machine in words that the interpreter understands as AWS does: it would take a missing task time-out for
 * 60 s (AWS: none), `ResultPath: "$"` for a field named `$`, and `IsPresent: false` for a rule that never holds.
 */
export function normalizeDefinition(machine: JsonObject): JsonObject {
  const States: JsonObject = {};
  for (const [name, value] of Object.entries(objectOf(machine.States))) States[name] = normalizeState(objectOf(value));
  const timeout = machine.TimeoutSeconds;
  return {
    ...machine,
    States,
    ...(typeof timeout === "number" ? { TimeoutSeconds: Math.min(timeout, longestTimeoutSeconds) } : {}),
  };
}

function normalizeState(original: JsonObject): JsonObject {
  const state: JsonObject = withoutWholeResultPath(original);
  if (Array.isArray(state.Catch)) state.Catch = state.Catch.map((rule) => withoutWholeResultPath(objectOf(rule)));
  if (state.Type === "Task") {
    state.TimeoutSeconds = Math.min(Number(state.TimeoutSeconds ?? longestTimeoutSeconds), longestTimeoutSeconds);
  }
  if (Array.isArray(state.Choices)) state.Choices = state.Choices.map(normalizeRule);
  for (const inner of ["ItemProcessor", "Iterator"]) {
    if (isObject(state[inner])) state[inner] = normalizeDefinition(state[inner]);
  }
  if (Array.isArray(state.Branches)) state.Branches = state.Branches.map((b) => normalizeDefinition(objectOf(b)));
  return state;
}

function withoutWholeResultPath(value: JsonObject): JsonObject {
  const copy = { ...value };
  if (copy.ResultPath === "$") delete copy.ResultPath;
  return copy;
}

function normalizeRule(value: Json): Json {
  const rule = { ...objectOf(value) };
  for (const operator of ["And", "Or"]) {
    if (Array.isArray(rule[operator])) rule[operator] = rule[operator].map(normalizeRule);
  }
  if (rule.Not !== undefined) rule.Not = normalizeRule(rule.Not);
  const test = ["IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"].find(
    (operator) => rule[operator] === false,
  );
  if (test === undefined) return rule;
  const { Next, Variable, ...rest } = rule;
  return { Not: { Variable: Variable!, ...rest, [test]: true }, ...(Next === undefined ? {} : { Next }) };
}
