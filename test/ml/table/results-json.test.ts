import { expect, test } from "vitest";
import { encodeCell } from "../../../packages/ml/src/table/results-csv.ts";
import { type ResultsJsonOptions, resultsJson } from "../../../packages/ml/src/table/results-json.ts";
import { byteChunks, joinChunks } from "./byte-chunks.ts";

async function json(csv: string, options: ResultsJsonOptions, chunkBytes?: number): Promise<string> {
  return (await joinChunks(resultsJson(byteChunks(csv, chunkBytes), options))).toString();
}

const csv = "row,sample_id,diagnosis,confidence,p_0,p_4\n1,7,4,0.9,0.1,0.9\n2,3,0,0.8,0.8,0.2\n";

test("whole-number classes are numbers, keyed by sample id", async () => {
  const text = await json(csv, { classes: ["0", "4"], keys: "id" });
  expect(text).toBe('{"7": 4, "3": 0}\n');
  for (const size of [1, 3, 10]) expect(await json(csv, { classes: ["0", "4"], keys: "id" }, size)).toBe(text);
});

test("rows are keyed by number where ids are not unique or not there", async () => {
  expect(await json(csv, { classes: ["0", "4"], keys: "row" })).toBe('{"1": 4, "2": 0}\n');
  const without = "row,diagnosis,confidence,p_0,p_4\n1,4,0.9,0.1,0.9\n";
  for (const keys of ["id", "row"] as const)
    expect(await json(without, { classes: ["0", "4"], keys })).toBe('{"1": 4}\n');
});

test("other classes are texts, and neutralised cells are what they were", async () => {
  const ids = ["=1+1", "'=x", 'say "hi"', "-5"];
  const rows = ids.map((id, i) => `${i + 1},${Buffer.from(encodeCell(id))},${Buffer.from(encodeCell("@idle"))},1,1\n`);
  const text = await json(`row,id,diagnosis,confidence,p_@idle\n${rows.join("")}`, { classes: ["@idle"], keys: "id" });
  expect(JSON.parse(text)).toEqual(Object.fromEntries(ids.map((id) => [id, "@idle"])));
});

test("no rows are an empty object", async () => {
  expect(await json("row,diagnosis,confidence,p_0\n", { classes: ["0"], keys: "row" })).toBe("{}\n");
});
