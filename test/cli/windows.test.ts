import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemhealer, temporaryFolder } from "./run-cli.ts";

const nodes = 3;

/** Two KPIs spike one after the other; which came first is the fault that the rows from the second spike on have. */
function spikes(steps: number, seed: number): string {
  let state = seed;
  const chance = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  const series = Array.from({ length: nodes }, () => {
    const rows = Array.from({ length: steps }, () => ({ a: chance(), b: chance(), label: "0" }));
    for (let start = 4; start + 12 < steps; start += 12) {
      const label = chance() < 0.5 ? "1" : "2";
      const [first, second] = [rows[start]!, rows[start + 2 + Math.floor(2 * chance())]!];
      first[label === "1" ? "a" : "b"] += 9;
      second[label === "1" ? "b" : "a"] += 9;
      for (const row of rows.slice(rows.indexOf(second), rows.indexOf(second) + 3)) row.label = label;
    }
    return rows;
  });
  const lines = Array.from({ length: nodes * steps }, (_, row) => {
    const { a, b, label } = series[row % nodes]![Math.floor(row / nodes)]!;
    return `${Math.floor(row / nodes)},node-${row % nodes},${a.toFixed(4)},${b.toFixed(4)},${label}\n`;
  });
  return `time,node,a,b,label\n${lines.join("")}`;
}

test("a recurrent network is trained, told of, and diagnoses and is scored on a later file", {
  timeout: 60_000,
}, async () => {
  const folder = await temporaryFolder();
  const [training, later, model] = ["training.csv", "later.csv", "model.onnx"].map((name) => join(folder, name));
  await writeFile(training!, spikes(400, 1));
  await writeFile(later!, spikes(60, 2));
  const fit = await systemhealer([
    ...["train", training!, "--out", model!, "--learner", "gru", "--units", "12", "--window", "6"],
    ...["--epochs", "12", "--map", "none", "--json"],
  ]);
  expect(fit.stderr).toBe("");
  const result = JSON.parse(fit.stdout);
  expect(result.settings.learner).toMatchObject({ learner: "gru", window: 6, units: 12 });
  expect(result.macroF1).toBeGreaterThan(0.85);

  const inspected = await systemhealer(["inspect", model!, "--json"]);
  expect(JSON.parse(inspected.stdout)).toMatchObject({
    card: { window: { rows: 6, nodeColumn: "node", timeColumn: "time" } },
  });

  const scored = await systemhealer(["evaluate", model!, later!, "--json"]);
  expect(JSON.parse(scored.stdout).macroF1).toBeGreaterThan(0.8);

  const results = join(folder, "results.csv");
  const explanations = join(folder, "explanations.csv");
  const diagnosed = await systemhealer([
    "diagnose",
    model!,
    later!,
    "--out",
    results,
    "--explain",
    explanations,
    "--json",
  ]);
  expect(diagnosed.code).toBe(0);
  expect(JSON.parse(diagnosed.stdout)).toMatchObject({ rows: 180, columns: { missing: [], unknown: [] } });
  expect((await readFile(results, "utf8")).trimEnd().split("\n")).toHaveLength(181);
  expect(await readFile(explanations, "utf8")).toContain("sampled-shapley");
});

test("a setting that only networks for windows have is refused with another learner", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "training.csv");
  await writeFile(file, spikes(20, 1));
  const { code, stderr } = await systemhealer([
    "train",
    file,
    "--out",
    join(folder, "m.onnx"),
    "--learner",
    "gbdt",
    "--window",
    "4",
  ]);
  expect(code).not.toBe(0);
  expect(stderr).toContain("--window");
});
