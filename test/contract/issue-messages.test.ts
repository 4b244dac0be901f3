import { DatasetId } from "@systemhealer/contract/ids";
import { issueMessages } from "@systemhealer/contract/messages/issue-messages";
import { languages } from "@systemhealer/contract/messages/message";
import { operations } from "@systemhealer/contract/operations";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { expect, test } from "vitest";
import { z } from "zod";

const wrong: readonly (readonly [what: string, schema: z.ZodType, value: unknown])[] = [
  ["a missing text", z.object({ name: z.string() }), {}],
  ["a text for a number", z.number(), "x"],
  ["a number for an object", z.object({}), 3],
  ["a list for a record", z.record(z.string(), z.number()), []],
  ["a broken number", z.int(), 1.5],
  ["an endless number", z.number(), Number.POSITIVE_INFINITY],
  ["one of several", z.enum(["a", "b"]), "c"],
  ["a literal", z.literal("a"), "c"],
  ["too long a text", z.string().max(2), "abc"],
  ["too short a list", z.array(z.number()).min(1), []],
  ["too small a number", z.number().positive(), 0],
  ["too large a number", z.number().lt(5), 5],
  ["an id", DatasetId, "nonsense"],
  ["a name that steers the terminal", operations.completeModelImport.body!, { name: "a\u001b[2J" }],
  ["notes that turn the writing", operations.updateRun.body!, { revision: 0, notes: "\u202e" }],
  ["a time", z.iso.datetime(), "yesterday"],
  ["an unknown key", z.strictObject({}), { a: 1 }],
  ["none of several", z.union([z.string(), z.number()]), null],
  ["a learner that is none", TrainingSettings, { learner: { learner: "oracle" } }],
  ["nothing as a body", operations.createDataset.body!, {}],
  ["a multiple", z.number().multipleOf(3), 4],
];

const sentences = (schema: z.ZodType, value: unknown, language: "en" | "zh") =>
  schema.safeParse(value, { error: issueMessages(language) }).error!.issues.map(({ message }) => message);

test.each(wrong)(
  "%s is said in the reader's language, without a pattern or a word of the library",
  (_, schema, value) => {
    for (const sentence of sentences(schema, value, "en"))
      expect(sentence).not.toMatch(/\p{Script=Han}|\/\^|Invalid|regex/u);
    for (const sentence of sentences(schema, value, "zh")) {
      expect(sentence).toMatch(/\p{Script=Han}/u);
      const words = sentence.replace(/"[^"]*"|\b(true|false|Infinity|SHA-256)\b|\b\S+-01ARZ\w+|[\dTZ:-]+/g, "");
      expect(words).not.toMatch(/[a-z]{2}/i);
      expect(sentence).not.toContain("/^");
    }
  },
);

test("an id of the wrong form is told what one looks like", () => {
  expect(sentences(DatasetId, "x", "en")).toEqual([
    "expected the id of a data set, such as ds-01ARZ3NDEKTSV4RRFFQ69G5FAV",
  ]);
  expect(languages).toEqual(["en", "zh"]);
});
