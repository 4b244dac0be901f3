import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { nodes, normal, records } from "../functions/fixtures/repaired-system.ts";
import { systemhealer } from "./run-cli.ts";

// Each starts the command, which takes long where the machine is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folder = "";
const path = (name: string) => join(folder, name);
const verify = (file: string, ...more: string[]) =>
  systemhealer(["diagnose", path("model.onnx"), path(file), "--out", path("results.csv"), ...more]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-recovery-"));
  const states = ["normal", "normal", "cpu-hog", "slow-disk"];
  const known = records(120, 1, (moment, node) => states[(moment + nodes.indexOf(node)) % 4]!, { labels: true });
  await writeFile(path("known.csv"), known);
  await writeFile(path("repaired.csv"), records(40, 2, normal));
  await writeFile(
    path("still.csv"),
    records(40, 3, (_, node) => (node === "b" ? "slow-disk" : "normal")),
  );
  const flags = ["--learner", "gbdt", "--rounds", "12", "--map", "none"];
  const { code, stderr } = await systemhealer(["train", path("known.csv"), "--out", path("model.onnx"), ...flags]);
  expect(code, stderr).toBe(0);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("records from after the repair: the system is back to normal, in words and as JSON", async () => {
  const said = await verify("repaired.csv", "--verify", "--summary", path("summary.json"));
  expect(said.code).toBe(0);
  expect(said.stdout).toContain("The system is back to normal.");
  expect(said.stdout).toContain("Judged by 160 of 160 rows, from 2026-01-02T01:00:00.000Z to");
  expect(JSON.parse(await readFile(path("summary.json"), "utf8"))).toMatchObject({
    recovery: { verdict: "recovered", normalClass: "normal" },
  });
  const plain = await verify("repaired.csv", "--json");
  expect(JSON.parse(plain.stdout)).not.toHaveProperty("recovery");
});

test("a node with its fault: not back to normal, with what is left, in Chinese too", async () => {
  const { code, stdout } = await verify("still.csv", "--verify");
  expect(code).toBe(0);
  expect(stdout).toContain("The system is not back to normal.");
  expect(stdout).toContain("Faults are left on some nodes: b.");
  expect(stdout).toContain("b disk ↑");
  expect(stdout).toMatch(/slow-disk\s+2\d\.\d %/);
  const chinese = await verify("still.csv", "--verify", "--lang", "zh");
  expect(chinese.stdout).toContain("系统尚未恢复正常。");
  expect(chinese.stdout).toContain("部分节点仍有故障：b。");
});

test("a class that has no fault is named for a verification only, and has to be one of the model's", async () => {
  const alone = await verify("repaired.csv", "--normal-class", "normal");
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining("--normal-class goes with --verify.")]);
  const unknown = await verify("repaired.csv", "--verify", "--normal-class", "sunny");
  expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining("knows no class sunny")]);
  const odd = await verify("still.csv", "--verify", "--normal-class", "slow-disk", "--json");
  expect(JSON.parse(odd.stdout).recovery).toMatchObject({ verdict: "not-recovered", normalClass: "slow-disk" });
});
