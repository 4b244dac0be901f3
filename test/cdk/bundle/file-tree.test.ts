import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FileTree } from "../../../cdk/bundle/file-tree.ts";
import { isCurrent, stampOf } from "../../../cdk/bundle/input-stamp.ts";

let base = "";
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "systemhealer-tree-"));
  await mkdir(join(base, "build"));
});
afterEach(() => rm(base, { recursive: true, force: true }));

test("a file is written once, and again only where its bytes differ", async () => {
  const path = join(base, "build/a/index.mjs");
  const write = async (contents: string) => {
    const tree = new FileTree(base, "build");
    await tree.write(path, Buffer.from(contents));
    return tree.changed;
  };
  expect(await write("one")).toEqual(["build/a/index.mjs"]);
  const { mtimeMs } = await stat(path);
  expect(await write("one")).toEqual([]);
  expect((await stat(path)).mtimeMs).toBe(mtimeMs);
  expect(await write("two")).toEqual(["build/a/index.mjs"]);
  expect(await readFile(path, "utf8")).toBe("two");
});

test("a folder is copied without type declarations and source maps", async () => {
  await mkdir(join(base, "package"));
  for (const name of ["index.js", "index.d.ts", "index.js.map"]) await writeFile(join(base, "package", name), name);
  const tree = new FileTree(base, "build");
  await tree.copy(join(base, "package"), join(base, "build/layer"));
  expect(await readdir(join(base, "build/layer"))).toEqual(["index.js"]);
});

test("files that nobody asked for go, except one that another process is writing", async () => {
  for (const name of ["old.mjs", "now.tmp", "stale.tmp"]) await writeFile(join(base, "build", name), name);
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await utimes(join(base, "build/stale.tmp"), anHourAgo, anHourAgo);
  const tree = new FileTree(base, "build");
  await tree.write(join(base, "build/new.mjs"), Buffer.from("new"));
  await tree.removeOthers();
  expect((await readdir(join(base, "build"))).sort()).toEqual(["new.mjs", "now.tmp"]);
});

test("a stamp tells whether one of its files has changed or gone, or changed while they were read", async () => {
  const path = join(base, "a.ts");
  const stamp = join(base, "stamp.json");
  const anHourAgo = new Date(Date.now() - 3_600_000);
  await writeFile(path, "1");
  await utimes(path, anHourAgo, anHourAgo);
  expect(await isCurrent(base, stamp)).toBe(false);
  await writeFile(stamp, await stampOf(base, ["a.ts"], Date.now()));
  expect(await isCurrent(base, stamp)).toBe(true);
  await writeFile(path, "2");
  expect(await isCurrent(base, stamp)).toBe(false);
  await writeFile(stamp, await stampOf(base, ["a.ts"], anHourAgo.getTime()));
  expect(await isCurrent(base, stamp)).toBe(false);
  await rm(path);
  expect(await isCurrent(base, stamp)).toBe(false);
});
