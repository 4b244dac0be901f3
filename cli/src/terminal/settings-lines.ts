import { visible } from "@systemhealer/contract/visible";

/** The settings of a training, one a line under the names that the API has; what belongs to a part is indented below. */
export function settingsLines(settings: object): string[] {
  const found = flat(settings, "  ");
  const width = Math.max(0, ...found.map(([name]) => name.length)) + 2;
  return found.map(([name, value]) => `${name.padEnd(width)}${value}`);
}

function flat(settings: object, indent: string): [name: string, value: string][] {
  return Object.entries(settings).flatMap(([name, value]): [string, string][] => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return [[`${indent}${visible(name)}`, visible(Array.isArray(value) ? value.join(", ") : String(value))]];
    }
    const own: Readonly<Record<string, unknown>> = { ...value };
    const { [name]: kind, ...rest } = own;
    return [[`${indent}${visible(name)}`, visible(String(kind ?? ""))], ...flat(rest, `${indent}  `)];
  });
}
