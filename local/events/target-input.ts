import { isObject, type Json, type JsonObject, objectOf, textOf } from "../template/json.ts";

/** What a target gets for an event: the event, a part of it (`InputPath`), a constant (`Input`) or a filled template. */
export function targetInput(target: JsonObject, event: Json): Json {
  const { Input, InputPath, InputTransformer } = target;
  if (Input !== undefined) return JSON.parse(String(Input)) as Json;
  if (InputPath !== undefined) return at(event, String(InputPath)) ?? {};
  if (InputTransformer === undefined) return event;
  const { InputPathsMap, InputTemplate } = objectOf(InputTransformer);
  const variables = Object.fromEntries(
    Object.entries(objectOf(InputPathsMap)).map(([name, path]) => [name, at(event, String(path))]),
  );
  return fill(textOf(InputTemplate) ?? "", variables, event);
}

/** A template is JSON with `<variable>` in it: inside quotes as text, outside as the JSON value. */
function fill(template: string, variables: Record<string, Json | undefined>, event: Json): Json {
  let quoted = false;
  let filled = "";
  for (let index = 0; index < template.length; index++) {
    const character = template[index]!;
    if (character === '"' && template[index - 1] !== "\\") quoted = !quoted;
    const name = character === "<" ? /^<([\w.]+)>/.exec(template.slice(index))?.[1] : undefined;
    if (name === undefined) {
      filled += character;
      continue;
    }
    const value = name === "aws.events.event" ? event : variables[name];
    filled += quoted ? JSON.stringify(asText(value)).slice(1, -1) : JSON.stringify(value ?? null);
    index += name.length + 1;
  }
  return JSON.parse(filled) as Json;
}

function asText(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The value at a path such as `$.detail.object.key`. */
function at(event: Json, path: string): Json | undefined {
  let value: Json | undefined = event;
  for (const part of path
    .replace(/^\$\.?/, "")
    .split(".")
    .filter(Boolean)) {
    value = isObject(value) ? value[part] : undefined;
  }
  return value;
}
