import { listNames } from "@systemhealer/contract/messages/list-names";
import { visible } from "@systemhealer/contract/visible";
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
  const named = few.map(({ name, support }) => `${visible(name)} (${support})`);
  return [output.text("train-few-rows", { classes: listNames(named, output.language, mostNamed) })];
}
