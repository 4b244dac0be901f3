import { describe, expect, it } from "vitest";
import { AdaptationError } from "../../../../packages/ml/src/adapt/adaptation-error.ts";
import { joinLabelled } from "../../../../packages/ml/src/adapt/target/join-labelled.ts";
import type { IdentifiedRows } from "../../../../packages/ml/src/adapt/target/match-rows.ts";

const columnCount = 3;
const classes = ["cpu", "disk"];
const rowsOf = (numbers: readonly number[]): IdentifiedRows => ({
  columnCount,
  rowCount: numbers.length,
  values: Float32Array.from(numbers.flatMap((number) => [number, -number, Number.NaN])),
});
const file = rowsOf([10, 20, 30, 40]);

/** Joins labelled rows, each a number and a class of `names`; −1 for none. */
function join(few: readonly (readonly [number, number])[], names: readonly string[] = classes) {
  const rows = rowsOf(few.map(([number]) => number));
  const labels = Int32Array.from(few, ([, label]) => label);
  const table = { featureNames: ["a", "b", "c"], ...rows, ids: undefined, labels, classes: names };
  return joinLabelled(file, rows, table, classes);
}

it("labelled rows of the file are found in it, others come after its rows", () => {
  const joined = join([
    [30, 1],
    [50, 0],
  ]);
  expect(joined.rowCount).toBe(5);
  expect([...joined.labelledRows]).toEqual([2, 4]);
  expect([...joined.labels]).toEqual([1, 0]);
  expect(joined.values[4 * columnCount]).toBe(50);
});

it("a row that comes twice with the same label counts once, in the file or not", () => {
  const joined = join([
    [20, 1],
    [50, 0],
    [20, 1],
    [50, 0],
  ]);
  expect(joined.rowCount).toBe(5);
  expect([...joined.labelledRows]).toEqual([1, 4]);
  expect([...joined.labels]).toEqual([1, 0]);
});

it("a row of a class that the model does not know, or without label, is not used", () => {
  const names = ["cpu", "disk", "never seen"];
  const joined = join(
    [
      [10, 2],
      [20, -1],
      [20, 0],
    ],
    names,
  );
  expect(joined.ignored).toBe(2);
  expect([...joined.labelledRows]).toEqual([1]);
  // Nobody would score a row that was given.
  expect([...joined.givenRows]).toEqual([0, 1]);
});

describe("one row under two classes is refused by the numbers of both rows", () => {
  const refusal = (few: readonly (readonly [number, number])[], names?: readonly string[]) => {
    try {
      join(few, names);
    } catch (error) {
      if (error instanceof AdaptationError)
        return { code: error.code, rows: error.parameters.rows, pairs: error.parameters.pairs };
      throw error;
    }
    return undefined;
  };

  it("where the file has it", () => {
    const few = [
      [30, 0],
      [10, 1],
      [30, 1],
    ] as const;
    expect(refusal(few)).toEqual({ code: "contradicting-labels", rows: 1, pairs: "1 (cpu) / 3 (disk)" });
  });

  it("where the file does not have it, or the model does not know the other class", () => {
    const few = [
      [50, 0],
      [50, 1],
      [60, 2],
      [60, 0],
    ] as const;
    expect(refusal(few, ["cpu", "disk", "never seen"])).toMatchObject({
      rows: 2,
      pairs: "1 (cpu) / 2 (disk), 3 (never seen) / 4 (cpu)",
    });
  });

  it("and of many only some are named", () => {
    const numbers = [10, 20, 30, 40, 50, 60];
    const few = [...numbers.map((number) => [number, 0] as const), ...numbers.map((number) => [number, 1] as const)];
    expect(refusal(few)?.rows).toBe(6);
    expect(refusal(few)?.pairs).toMatch(/^1 \(cpu\) \/ 7 \(disk\), .*5 \(cpu\) \/ 11 \(disk\), …$/);
  });
});
