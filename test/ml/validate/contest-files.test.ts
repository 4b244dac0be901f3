import { createReadStream } from "node:fs";
import { Profile } from "@systemhealer/contract/profile";
import { describe, expect, test } from "vitest";
import { validateTable } from "../../../packages/ml/src/validate/validate-table.ts";
import { contestFile } from "../fixtures/contest-file.ts";

describe("contest data", () => {
  const files = [
    ["zte-a10/train.csv", "training", 5_809, 107],
    ["zte-a10/validate.csv", "training", 499, 107],
    ["zte-a10/test_unlabelled.csv", "diagnosis", 2_000, 107],
    ["dbpa-mysql/windows_32_128.csv", "training", 1_943, 92],
    ["dbpa-mysql/windows_64_256.csv", "training", 1_943, 92],
  ] as const;
  for (const [name, purpose, rowCount, features] of files) {
    const path = contestFile(name);
    test.skipIf(path === undefined)(`${name} is valid`, async () => {
      const result = await validateTable(createReadStream(path!), { purpose });
      if (!result.ok) throw new Error(JSON.stringify(result.report));
      expect(Profile.parse(result.profile)).toEqual(result.profile);
      expect(result.profile.rows).toBe(rowCount);
      expect(result.profile.features.length).toBe(features);
    });
  }
});
