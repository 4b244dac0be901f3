import { appendFile, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { RecordLog } from "../../../local/cognito/record-log.ts";
import { testDirectory } from "./fixtures/pool-server.ts";

async function newFile(): Promise<string> {
  return join(await testDirectory(), "records.log");
}

async function contents(file: string): Promise<Record<string, unknown>> {
  const log = await RecordLog.open(file);
  await log.close();
  return Object.fromEntries(log.entries());
}

describe("The record log", () => {
  it("keeps what was committed, in the order of the first commit", async () => {
    const file = await newFile();
    const log = await RecordLog.open(file);
    await Promise.all([
      log.commit([["b", 1]]),
      log.commit([["a", { deep: ["x"] }]]),
      log.commit([["b", 2]]),
      log.commit([["gone", 1]]),
      log.commit([["gone", null]]),
    ]);
    await log.close();
    expect(Object.entries(await contents(file))).toEqual([
      ["b", 2],
      ["a", { deep: ["x"] }],
    ]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("drops a commit that a crash tore, whole, and goes on after it", async () => {
    const file = await newFile();
    const log = await RecordLog.open(file);
    await log.commit([["kept", 1]]);
    await log.close();
    await appendFile(file, '[["half",1],["other"');
    expect(await contents(file)).toEqual({ kept: 1 });
    const again = await RecordLog.open(file);
    await again.commit([["next", 2]]);
    await again.close();
    expect(await contents(file)).toEqual({ kept: 1, next: 2 });
  });

  it("refuses a file that is damaged elsewhere", async () => {
    const file = await newFile();
    const log = await RecordLog.open(file);
    await log.commit([["a", 1]]);
    await log.commit([["b", 1]]);
    await log.close();
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, [lines[0], "damaged", ...lines.slice(2)].join("\n"));
    await expect(RecordLog.open(file)).rejects.toThrow("line 2 is not a record");
  });

  it("does not grow with the number of changes", async () => {
    const file = await newFile();
    const log = await RecordLog.open(file);
    for (let round = 0; round < 30; round++) {
      await Promise.all(Array.from({ length: 1000 }, (_, index) => log.commit([[`key-${index % 10}`, round]])));
    }
    await log.close();
    const lines = (await readFile(file, "utf8")).split("\n").length;
    expect(lines).toBeLessThan(25_000);
    expect(Object.values(await contents(file))).toEqual(Array.from({ length: 10 }, () => 29));
    expect((await readFile(file, "utf8")).split("\n").length).toBeLessThan(20);
  });
});
