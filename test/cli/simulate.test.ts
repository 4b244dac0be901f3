import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { systemhealer, temporaryFolder } from "./run-cli.ts";

// Most of these start the command several times, which takes long where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

test("simulate writes truth and description beside the data", async () => {
  const target = await temporaryFolder();
  const at = (name: string) => join(target, name);
  const { code } = await systemhealer([
    ...["simulate", "--schema", "wide", "--rows", "40", "--shards", "2", "--out", at("wide.csv")],
    ...["--truth", at("truth.jsonl"), "--description", at("description.json"), "--class-shares", "normal=1,cpu-hog=1"],
  ]);
  expect(code).toBe(0);
  expect((await readFile(at("truth.jsonl"), "utf8")).trimEnd().split("\n")).toHaveLength(40);
  const description = JSON.parse(await readFile(at("description.json"), "utf8"));
  expect(description.simulated).toBe(true);
  expect(description.topology.nodes).toHaveLength(2 + 2 + 2);
});
