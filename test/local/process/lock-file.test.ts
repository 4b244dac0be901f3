import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DataFolderInUseError, lockDataFolder } from "../../../local/process/lock-file.ts";
import { temporaryFolder } from "../temporary-folder.ts";

test("a data folder is for one process at a time, and free after it", () => {
  const folder = temporaryFolder();
  const unlock = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(DataFolderInUseError);
  expect(() => lockDataFolder(folder)).toThrow(`process ${process.pid}`);
  unlock();
  lockDataFolder(folder)();
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("the lock of a process that is gone is taken over", async () => {
  const folder = temporaryFolder();
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  writeFileSync(join(folder, "lock"), `${child.pid}\n`);
  lockDataFolder(folder);
  expect(readFileSync(join(folder, "lock"), "utf8")).toBe(`${process.pid}\n`);
});

test("a lock that names no process is taken over", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "lock"), "");
  lockDataFolder(folder);
});
