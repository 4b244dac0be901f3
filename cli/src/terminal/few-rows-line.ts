import type { Output } from "../output.ts";

/** A score by fewer rows is a matter of single rows. */
const fewRows = 5;
const mostNamed = 5;

/** The classes whose scores hang on a handful of rows, those of the fewest first; nothing where there is none. */
export function fewRowsLine(
  output: Output,
  perClass: readonly { readonly name: string; readonly support: number }[],
): string[] {
  const few = perClass.filter(({ support }) => support < fewRows).sort((one, other) => one.support - other.support);
  if (few.length === 0) return [];
  const comma = output.language === "zh" ? "、" : ", ";
  const named = few.slice(0, mostNamed).map(({ name, support }) => `${name} (${support})`);
  const classes = `${named.join(comma)}${few.length > mostNamed ? " …" : ""}`;
  return [output.text("train-few-rows", { classes })];
}
