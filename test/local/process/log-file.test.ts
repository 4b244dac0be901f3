import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LogFile } from "../../../local/process/log-file.ts";
import { temporaryFolder } from "../temporary-folder.ts";

test("a log never takes more than two files of about 4 MiB", () => {
  const folder = temporaryFolder();
  const log = new LogFile(join(folder, "function.log"));
  for (let piece = 0; piece < 200; piece++) log.write("x".repeat(100_000));
  expect(readdirSync(folder).sort()).toEqual(["function.log", "function.log.1"]);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).size).toBeLessThan(4.5 * 1024 * 1024);
});

test("a log whose folder is gone drops what it is told, and goes on when it is back", () => {
  const folder = join(temporaryFolder(), "logs");
  const log = new LogFile(join(folder, "function.log"));
  rmSync(folder, { recursive: true });
  log.write("lost");
  expect(log.droppedWrites).toBe(1);
  mkdirSync(folder);
  log.write("kept");
  expect(readFileSync(log.path, "utf8")).toBe("kept");
});
