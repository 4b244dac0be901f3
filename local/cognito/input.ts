import { InvalidParameterError } from "./errors.ts";

/** The JSON body of a call. */
export type Input = Readonly<Record<string, unknown>>;

const longestValue = 2048;
const longestToken = 16_384;
const mostEntries = 200;

export function text(input: Input, name: string, longest = longestValue): string {
  const value = optionalText(input, name, longest);
  if (value === undefined || value === "") throw notThere(name);
  return value;
}

export function token(input: Input, name: string): string {
  return text(input, name, longestToken);
}

export function optionalText(input: Input, name: string, longest = longestValue): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid(name, "Member must be a string");
  if (value.length > longest) throw invalid(name, `Member must have length less than or equal to ${longest}`);
  return value;
}

export function flag(input: Input, name: string): boolean {
  const value = input[name];
  if (value === undefined || value === null) return false;
  if (typeof value !== "boolean") throw invalid(name, "Member must be a boolean");
  return value;
}

/** A page size from 0 (or 1) to 60; 60 where none is given. */
export function limit(input: Input, name = "Limit"): number {
  const value = input[name];
  if (value === undefined || value === null) return 60;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 60) {
    throw invalid(name, "Member must have value between 0 and 60");
  }
  return value === 0 ? 60 : value;
}

export function texts(input: Input, name: string): readonly string[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.length > mostEntries) throw invalid(name, "Member must be a short list");
  return value.map((entry: unknown) => text({ [name]: entry }, name));
}

/** A map of strings to strings; empty where none is given. */
export function textMap(input: Input, name: string): Readonly<Record<string, string>> {
  const value = input[name];
  if (value === undefined || value === null) return {};
  if (!isObject(value) || Object.keys(value).length > mostEntries) throw invalid(name, "Member must be a map");
  const entries = Object.keys(value).flatMap((key): [string, string][] => {
    const entry = optionalText(value, key, longestToken);
    return entry === undefined ? [] : [[key, entry]];
  });
  return Object.fromEntries(entries);
}

/** A list of `{ Name, Value }`; the last value of a name counts. */
export function nameValues(input: Input, name: string): Readonly<Record<string, string>> {
  const value = input[name];
  if (value === undefined || value === null) return {};
  if (!Array.isArray(value) || value.length > mostEntries) throw invalid(name, "Member must be a short list");
  const entries = value.map((entry: unknown): [string, string] => {
    if (!isObject(entry)) throw invalid(name, "Member must hold names and values");
    return [text(entry, "Name"), optionalText(entry, "Value") ?? ""];
  });
  return Object.fromEntries(entries);
}

export function isObject(value: unknown): value is Input {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function notThere(name: string): InvalidParameterError {
  return invalid(name, "Member must not be null");
}

function invalid(name: string, rule: string): InvalidParameterError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return new InvalidParameterError(
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${rule}`,
  );
}
