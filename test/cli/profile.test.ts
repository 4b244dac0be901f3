import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isPlainLine } from "@systemhealer/contract/plain-text";
import { expect, test, vi } from "vitest";
import { systemhealer, temporaryFolder } from "./run-cli.ts";

// Most of these start the command several times, which takes long where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

test("profile tells rows, KPIs, gaps and classes", async () => {
  const training = join(await temporaryFolder(), "training.csv");
  await systemhealer(["simulate", "--rows", "900", "--seed", "1", "--out", training]);
  const { code, stdout } = await systemhealer(["profile", training, "--json"]);
  expect(code).toBe(0);
  const profile = JSON.parse(stdout);
  expect(profile).toMatchObject({ schema: "profile.v1", rows: 900, idColumn: "sample_id", labelColumn: "label" });
  expect(profile.features).toHaveLength(107);
  expect(Math.abs(profile.missingShare - 0.06)).toBeLessThan(0.01);
});

test("profile names constant KPIs, at most five of them", async () => {
  const path = join(await temporaryFolder(), "constant.csv");
  const names = ["a", "b", "c", "d", "e", "f"];
  const rows = Array.from({ length: 20 }, (_, row) => `${row},1,2,3,4,5,6,${row % 2}`);
  await writeFile(path, `${["cpu", ...names, "label"].join(",")}\n${rows.join("\n")}\n`);
  expect((await systemhealer(["profile", path])).stdout).toContain("7 KPIs (6 constant: a, b, c, d, e …)");
  expect((await systemhealer(["profile", path, "--lang", "zh"])).stdout).toContain("6 个为常量：a、b、c、d、e …");
});

test("names that would steer the terminal are shown by their code points, and escaped in JSON", async () => {
  const path = join(await temporaryFolder(), "strange.csv");
  const names = ["cpu\u001b[2J", "disk\u202eksid", "net\u009b2J"];
  const rows = Array.from({ length: 20 }, (_, row) => `${row},${row % 7},${row % 5},${row % 2}\u202e`);
  await writeFile(path, `${[...names, "label"].join(",")}\n${rows.join("\n")}\n`);
  const people = await systemhealer(["profile", path]);
  expect(people.stdout).toContain("cpu⟨U+001B⟩[2J");
  expect(people.stdout.split("\n").every(isPlainLine)).toBe(true);
  const machine = await systemhealer(["profile", path, "--json"]);
  expect(isPlainLine(machine.stdout.trimEnd())).toBe(true);
  expect(JSON.parse(machine.stdout).features.map(({ name }: { name: string }) => name)).toEqual(names);
});
