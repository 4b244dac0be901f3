import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemhealer } from "./run-cli.ts";

let folder = "";
const path = (name: string) => join(folder, name);

/** Two nodes with three KPIs; from row `sickFrom` on the disk of n1 is slow. */
function kpiFile(rows: number, options: { seed: number; sickFrom?: number; label?: string; normal?: string }): string {
  const { seed, sickFrom = Number.POSITIVE_INFINITY, label, normal = "normal" } = options;
  let state = seed;
  const uniform = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const bell = () => uniform() + uniform() + uniform() + uniform() - 2;
  const lines = [`sample_id,node,cpu,disk_wait,queue${label ? ",label" : ""}`];
  for (let row = 0; row < rows; row++) {
    const sick = row >= sickFrom && row % 2 === 1;
    const cells = [
      `s${row}`,
      `n${row % 2}`,
      40 + 5 * bell(),
      8 + bell() + (sick ? 30 : 0),
      3 + bell() + (sick ? 9 : 0),
    ];
    lines.push([...cells, ...(label ? [sick ? label : normal] : [])].join(","));
  }
  return `${lines.join("\n")}\n`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-detect-"));
  await writeFile(path("normal.csv"), kpiFile(600, { seed: 1 }));
  await writeFile(path("healthy.csv"), kpiFile(400, { seed: 2 }));
  await writeFile(path("sick.csv"), kpiFile(400, { seed: 3, sickFrom: 300 }));
  await writeFile(path("labelled.csv"), kpiFile(400, { seed: 4, sickFrom: 200, label: "disk-slow", normal: "0" }));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("a healthy file is said to be within its normal ranges, node by node", async () => {
  const { code, stdout } = await systemhealer(["detect", path("healthy.csv"), "--normal", path("normal.csv")]);
  expect(code).toBe(0);
  expect(stdout).toContain("Held against 600 rows of normal operation");
  expect(stdout).toContain("All 3 KPIs of all 2 nodes are within their normal ranges");
});

test("rows that stray are listed with their KPIs and z-scores, and the node is named", async () => {
  const out = path("anomalies.csv");
  const args = ["detect", path("sick.csv"), "--normal", path("normal.csv"), "--out", out, "--json"];
  const { code, stdout, stderr } = await systemhealer(args);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ schema: "detection-result.v1", rows: 400, origin: "normal", baselineRows: 600 });
  expect(result.anomalies.rows).toBeGreaterThanOrEqual(50);
  expect(result.anomalies.rows).toBeLessThan(62);
  const [well, sick] = result.health.nodes;
  expect(well).toMatchObject({ node: "n0", healthy: true, outsideKpis: 0 });
  expect(sick).toMatchObject({ node: "n1", healthy: false, outsideKpis: 2 });
  expect(sick.outside[0]).toMatchObject({ direction: "above" });
  const lines = (await readFile(out, "utf8")).trimEnd().split("\n");
  expect(lines[0]).toBe("row,id,node,anomalous,kpis_beyond,excess,kpis");
  expect(lines).toHaveLength(401);
  expect(lines[400]).toMatch(/^400,s399,n1,1,2,[\d.]+,disk_wait \+\d+\.\d; queue \+\d+\.\d$/);
});

test("without labels and without other rows, most of the file tells what is normal", async () => {
  await writeFile(path("seldom-sick.csv"), kpiFile(400, { seed: 3, sickFrom: 360 }));
  const { code, stdout } = await systemhealer(["detect", path("seldom-sick.csv"), "--json"]);
  expect(code).toBe(0);
  const { origin, anomalies } = JSON.parse(stdout);
  expect(origin).toBe("own");
  expect(anomalies.rows).toBeGreaterThanOrEqual(20);
  expect(anomalies.rows).toBeLessThan(40);
});

test("the normal class may be named, and the labels tell how many rows of each class stray", async () => {
  const args = ["detect", path("labelled.csv"), "--normal-class", "0", "--threshold", "4", "--json"];
  const { code, stdout } = await systemhealer(args);
  expect(code).toBe(0);
  const { source, anomalies, byLabel } = JSON.parse(stdout);
  expect(source).toBe("0");
  expect(anomalies.threshold).toBe(4);
  expect(byLabel[1]).toEqual({ name: "disk-slow", rows: 100, anomalous: 100 });
  expect(byLabel[0].anomalous).toBeLessThan(10);
});

test.each([
  [["--threshold", "11"], 2, "--threshold"],
  [["--normal-class", "calm"], 3, "calm"],
  [["--normal", "a.csv", "--model", "b.onnx"], 2, "not both"],
])("what cannot be is refused with its reason: %s", async (more, exit, words) => {
  const { code, stderr } = await systemhealer(["detect", path("labelled.csv"), ...more]);
  expect(code).toBe(exit);
  expect(stderr).toContain(words);
});

test("names in a file do not steer the terminal", async () => {
  const steering = kpiFile(400, { seed: 4, sickFrom: 200, label: "slow", normal: "c\u001b[2Jalm" });
  await writeFile(path("steering.csv"), steering.replace("disk_wait", "disk\u001b]0;x\u0007"));
  const args = ["detect", path("steering.csv"), "--normal-class", "c\u001b[2Jalm"];
  const { code, stdout } = await systemhealer(args);
  expect(code).toBe(0);
  expect(stdout).toContain("c⟨U+001B⟩[2Jalm");
  expect(stdout).toContain("disk⟨U+001B⟩]0;x⟨U+0007⟩ (");
  expect(stdout).not.toContain("\u001b");
});

test("a file without numbers is refused, not called healthy", async () => {
  await writeFile(path("gaps.csv"), `cpu,disk\n${"NA,\n".repeat(40)}`);
  const { code, stdout } = await systemhealer(["detect", path("gaps.csv"), "--json"]);
  expect([code, JSON.parse(stdout).error]).toMatchObject([3, { code: "detect-no-numbers", parameters: { kpis: 2 } }]);
});

test("three rows are too few, in Chinese too", async () => {
  await writeFile(path("few.csv"), kpiFile(3, { seed: 1 }));
  const { code, stderr } = await systemhealer(["detect", path("few.csv"), "--lang", "zh"]);
  expect(code).toBe(3);
  expect(stderr).toContain("至少需要 10 行");
});
