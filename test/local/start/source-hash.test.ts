import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sourceHash } from "../../../local/start/source-hash.ts";
import { temporaryFolder } from "../temporary-folder.ts";

test("the hash changes with every source that the assembly is made of, and with nothing else", () => {
  const repository = temporaryFolder();
  const write = (path: string, content: string): string => {
    mkdirSync(join(repository, path, ".."), { recursive: true });
    writeFileSync(join(repository, path), content);
    return sourceHash(repository);
  };
  const first = write("functions/api/main.ts", "one");
  expect(write("docs/architecture.md", "text")).toBe(first);
  expect(write("packages/ml/node_modules/x/index.js", "1")).toBe(first);
  expect(write("local/stack.ts", "1")).toBe(first);
  const changed = write("functions/api/main.ts", "two");
  expect(changed).not.toBe(first);
  expect(write("cdk.json", "{}")).not.toBe(changed);
  const before = sourceHash(repository);
  renameSync(join(repository, "functions/api/main.ts"), join(repository, "functions/api/other.ts"));
  expect(sourceHash(repository)).not.toBe(before);
});
