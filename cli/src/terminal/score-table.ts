import type { Output } from "../output.ts";
import { formatTable } from "./table.ts";
import { formatScore } from "./units.ts";

interface Scores {
  readonly perClass: readonly {
    readonly name: string;
    readonly precision: number;
    readonly recall: number;
    readonly f1: number;
    readonly support: number;
  }[];
}

/** Precision, recall and F1 by class. */
export function scoreTable(output: Output, { perClass }: Scores): string {
  const header = (["class", "precision", "recall", "f1", "rows"] as const).map((name) => output.text(`column-${name}`));
  const rows = perClass.map((score) => [
    score.name,
    formatScore(score.precision),
    formatScore(score.recall),
    formatScore(score.f1),
    score.support,
  ]);
  return formatTable(header, rows);
}
