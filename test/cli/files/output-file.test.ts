import { execFileSync } from "node:child_process";
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { checkOutputs, leaveStandardOutputTo, withOutput, writeOutput } from "../../../cli/src/files/output-file.ts";
import { Output } from "../../../cli/src/output.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-output-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

test.skipIf(process.platform === "win32")("a pipe is written to, not replaced by a file", async () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  await checkOutputs([pipe], []);
  const [read] = await Promise.all([readFile(pipe, "utf8"), writeOutput(pipe, "whole")]);
  expect([read, (await lstat(pipe)).isFIFO(), await readdir(folder)]).toEqual(["whole", true, ["pipe"]]);
});

test.skipIf(process.platform === "win32")("a link stays a link, and the file that it names is replaced", async () => {
  const [file, link] = [join(folder, "file"), join(folder, "link")];
  await writeFile(file, "old");
  await symlink(file, link);
  await writeOutput(link, "new");
  expect([await readFile(file, "utf8"), (await lstat(link)).isSymbolicLink()]).toEqual(["new", true]);
});

test("where the work fails, the former file stays as it was, and nothing lies beside it", async () => {
  const file = join(folder, "file");
  await writeFile(file, "old");
  const failed = withOutput(file, async ({ write }) => {
    await write("half");
    throw new RangeError("no more");
  });
  await expect(failed).rejects.toThrow(RangeError);
  expect([await readFile(file, "utf8"), await readdir(folder)]).toEqual(["old", ["file"]]);
});

test("what cannot be written is found out before the work, and no folder is made for it", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const reasonFor = (path: string) =>
    checkOutputs([path], []).then(
      () => "writable",
      ({ code, parameters }) => `${code}: ${parameters.reason}`,
    );
  expect(await reasonFor(folder)).toBe("cannot-write: EISDIR");
  expect(await reasonFor(join(file, "model.onnx"))).toBe("cannot-write: ENOTDIR");
  expect(await reasonFor(join(folder, "new", "newer", "model.onnx"))).toBe("writable");
  expect(await readdir(folder)).toEqual(["file"]);
});

test("standard output takes one result, and none beside JSON", async () => {
  await expect(checkOutputs(["-", undefined, "-"], [])).rejects.toMatchObject({ code: "output-twice" });
  const json = new Output({ json: true, language: "en" });
  expect(() => leaveStandardOutputTo([undefined, "-"], json)).toThrow(
    expect.objectContaining({ code: "json-and-standard-output" }),
  );
  expect(() => leaveStandardOutputTo(["model.onnx"], json)).not.toThrow();
});

test.skipIf(process.platform !== "linux")(
  "where no folder can be made, that is said at once",
  { timeout: 10_000 },
  async () => {
    const writing = writeOutput("/proc/none/model.onnx", "whole");
    await expect(writing).rejects.toMatchObject({ code: "cannot-write", parameters: { reason: "ENOENT" } });
  },
);

test("missing folders are made, by two at once too", async () => {
  const at = (name: string) => join(folder, "new", "newer", name);
  await Promise.all(["one", "two"].map((name) => writeOutput(at(name), name)));
  expect(await Promise.all(["one", "two"].map((name) => readFile(at(name), "utf8")))).toEqual(["one", "two"]);
});
