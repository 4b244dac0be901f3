import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemhealer, temporaryFolder } from "./run-cli.ts";

let folder = "";
let kpis = "";
let clusters = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-cluster-"));
  kpis = join(folder, "kpis.csv");
  clusters = join(folder, "clusters.csv");
  const lines = Array.from({ length: 120 }, (_, row) => {
    const group = row % 3;
    const wave = (k: number) => Math.sin(row * (k + 1)).toFixed(4);
    return [`s${row}`, Number(wave(1)) + 20 * group, Number(wave(2)) - 15 * (group % 2), wave(3)].join(",");
  });
  await writeFile(kpis, `sample_id,cpu,disk,other\n${lines.join("\n")}\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("cluster and label", () => {
  test("cluster groups the rows and says what tells the groups apart", async () => {
    const description = join(folder, "clusters.json");
    const args = [
      "cluster",
      kpis,
      "--method",
      "k-means",
      "--clusters",
      "3",
      "--out",
      clusters,
      "--description",
      description,
      "--json",
    ];
    const { code, stdout, stderr } = await systemhealer(args);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ schema: "clusters.v1", method: "k-means", chosenBy: "given", rows: 120 });
    expect(result.clusters).toHaveLength(3);
    expect(result.clusters[0].kpis.map(({ name }: { name: string }) => name)).toContain("cpu");
    expect(result.assignments).toBeUndefined();
    expect(JSON.parse(await readFile(description, "utf8")).clusters).toEqual(result.clusters);
    const lines = (await readFile(clusters, "utf8")).trimEnd().split("\n");
    expect(lines[0]).toBe("row,cluster");
    expect(lines).toHaveLength(121);
    // Rows of one group have one cluster.
    const found = lines.slice(1).map((line) => line.split(",")[1]);
    expect(new Set(found.map((cluster, row) => `${row % 3}:${cluster}`)).size).toBe(3);
  });

  test("names make the clusters a file that a model can learn from", async () => {
    const labelled = join(folder, "labelled.csv");
    const names = ["--name", "0=disk full", "--name", "1=normal"];
    const { code, stdout } = await systemhealer(["label", kpis, clusters, ...names, "--out", labelled, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rows: 80, omitted: 40, classes: ["disk full", "normal"] });
    const profile = await systemhealer(["profile", labelled, "--json"]);
    expect(JSON.parse(profile.stdout).classes).toEqual([
      { name: "disk full", rows: 40 },
      { name: "normal", rows: 40 },
    ]);
    const kept = await systemhealer(["label", kpis, clusters, ...names, "--unnamed", "keep", "--out", "-"]);
    expect(kept.stdout.trimEnd().split("\n")).toHaveLength(121);
    expect(kept.stdout).toContain(",cluster-2\n");
    expect(kept.stderr).toContain("120");
  });

  test("people see the groups as a table, in their language", async () => {
    const out = join(await temporaryFolder(), "c.csv");
    const args = ["cluster", kpis, "--method", "hdbscan", "--clusters", "3", "--out", out];
    expect((await systemhealer(args)).stdout).toMatch(/group +rows +share/);
    expect((await systemhealer([...args, "--lang", "zh"])).stdout).toContain("分为 3 个分组");
  });

  test.each([
    [["--name", "0"], 2, "cluster-name-invalid"],
    [["--name", "x=y"], 2, "cluster-name-invalid"],
    [["--name", "0=a", "--name", "0=b"], 2, "cluster-named-twice"],
    [["--name", "99=a"], 2, "cluster-unknown"],
  ])("label refuses %j", async (names, exit, word) => {
    const out = join(await temporaryFolder(), "l.csv");
    const { code, stdout } = await systemhealer(["label", kpis, clusters, ...names, "--out", out, "--json"]);
    expect(code).toBe(exit);
    expect(JSON.parse(stdout).error.code).toBe(word);
  });

  test.each([
    ["few rows for clusters of many", ["label", "few", "clusters", "--name", "0=a"], 3, "clusters-of-other-rows"],
    ["a table that lists no clusters", ["label", "kpis", "few", "--name", "0=a"], 3, "file-unusable"],
    ["too few rows", ["cluster", "few"], 3, "too-few-rows"],
    ["rows that are all the same", ["cluster", "constant"], 3, "no-informative-features"],
    ["more clusters than rows", ["cluster", "kpis", "--clusters", "121"], 2, "too-many-clusters"],
  ])("%s are refused in words", async (_, args, exit, word) => {
    const temporary = await temporaryFolder();
    const few = join(temporary, "few.csv");
    const constant = join(temporary, "constant.csv");
    await writeFile(few, "a,b\n1,2\n3,4\n");
    await writeFile(constant, `a,b\n${"1,2\n".repeat(20)}`);
    const files: Readonly<Record<string, string>> = { few, constant, kpis, clusters };
    const named = args.map((arg) => files[arg] ?? arg);
    const { code, stdout } = await systemhealer([...named, "--out", join(temporary, "out.csv"), "--json"]);
    expect([code, JSON.parse(stdout).error.code]).toEqual([exit, word]);
  });
});
