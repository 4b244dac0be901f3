import { readdirSync, statSync } from "node:fs";
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
