import { operations } from "@systemhealer/contract/operations";
import { isPlainLine } from "@systemhealer/contract/plain-text";
import { expect, test } from "vitest";
import type { z } from "zod";

const steering = ["\u0000", "\u0007", "\n", "\t", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u202e", "\u2066"];
const plain = ["夜间负载.csv", "ünïcode 😀", "עברית", "a_b-c (1).csv", "zero\u200dwidth", " "];

const datasetId = "ds-01ARZ3NDEKTSV4RRFFQ69G5FAV";
const dataset = { fileName: "a.csv", purpose: "training", sizeBytes: 1 };
const texts: readonly (readonly [place: string, schema: z.ZodType, body: (text: string) => unknown])[] = [
  ["the name of a data set", operations.createDataset.body, (name) => ({ ...dataset, name })],
  ["a file name", operations.createDataset.body, (fileName) => ({ ...dataset, fileName })],
  ["the name of a run", operations.createTrainingRun.body, (name) => ({ datasetId, name })],
  ["the name of an imported model", operations.completeModelImport.body, (name) => ({ name })],
  ["the name of a cluster", operations.labelClusters.body, (name) => ({ names: { 0: name } })],
  ["a new name", operations.updateModel.body, (name) => ({ revision: 0, name: `a${name}b` })],
  ["a tag", operations.updateRun.body, (tag) => ({ revision: 0, tags: [`a${tag}b`] })],
];

test.each(texts)("%s holds no control character and nothing that turns the direction of writing", (_, schema, body) => {
  for (const text of steering) expect(schema.safeParse(body(`a${text}b`)).success, JSON.stringify(text)).toBe(false);
  for (const text of plain) expect(schema.safeParse(body(`a${text}b`)).success, text).toBe(true);
});

test("notes may have lines and tabs, but nothing else of the kind", () => {
  const accepts = (notes: string) => operations.updateRun.body.safeParse({ revision: 0, notes }).success;
  expect(accepts("first\r\n\tsecond\n\n第三行")).toBe(true);
  for (const text of ["\u0000", "\u001b[31m", "\u2028", "\u202e", "\u2067"]) expect(accepts(`a${text}`)).toBe(false);
});

test("what steers is told from what does not", () => {
  expect(steering.filter(isPlainLine)).toEqual([]);
  expect(plain.filter((text) => !isPlainLine(text))).toEqual([]);
});
