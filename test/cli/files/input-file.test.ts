import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { type InputFile, openInput } from "../../../cli/src/files/input-file.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-input-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

async function textOf(file: InputFile): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.read(new AbortController().signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

test("a file is read as often as wanted", async () => {
  const path = join(folder, "file");
  await writeFile(path, "whole");
  const file = await openInput(path);
  expect([await textOf(file), await textOf(file), file.sizeBytes]).toEqual(["whole", "whole", 5]);
});

test.skipIf(process.platform === "win32")("a pipe is read once; again is refused, not waited for", async () => {
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  const file = await openInput(path);
  const [text] = await Promise.all([textOf(file), writeFile(path, "whole")]);
  expect([text, file.sizeBytes]).toEqual(["whole", undefined]);
  await expect(textOf(file)).rejects.toMatchObject({ code: "input-read-once", parameters: { path } });
});
