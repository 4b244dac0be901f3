import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemhealer } from "./run-cli.ts";

let folder = "";
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-adapt-"));
  const simulate = (name: string, ...options: string[]) =>
    systemhealer(["simulate", "--severity", "0.9", ...options, "--out", path(name), "--json"]);
  await Promise.all([
    simulate("training.csv", "--rows", "600", "--seed", "1"),
    simulate("elsewhere.csv", "--rows", "160", "--seed", "2", "--shift", "2"),
  ]);
  const lines = (await readFile(path("elsewhere.csv"), "utf8")).trimEnd().split("\n");
  await writeFile(path("few.csv"), `${[lines[0], ...lines.slice(1, 9)].join("\n")}\n`);
  const learner = ["--learner", "extra-trees", "--trees", "40", "--map", "none"];
  const { code, stderr } = await systemhealer(["train", path("training.csv"), "--out", path("model.onnx"), ...learner]);
  expect(code, stderr).toBe(0);
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

// Several learners are fitted each time: on a busy machine that takes its time.
describe("a model in another environment", { timeout: 300_000 }, () => {
  test("evaluate --adapt scores what an adaptation believes of the file, and says how sure it is", async () => {
    const plain = await systemhealer(["evaluate", path("model.onnx"), path("elsewhere.csv"), "--json"]);
    const { code, stdout, stderr } = await systemhealer([
      ...["evaluate", path("model.onnx"), path("elsewhere.csv"), "--adapt", "--json"],
    ]);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const { macroF1, accuracy, ece, rows, shift, adaptation } = JSON.parse(stdout);
    expect(rows).toBe(160);
    expect(macroF1).toBeGreaterThan(JSON.parse(plain.stdout).macroF1);
    expect(accuracy).toBeGreaterThan(0.6);
    expect(ece).toBeLessThan(0.3);
    expect(shift.verdict).toBe("other");
    expect(adaptation).toMatchObject({ schema: "adaptation.v1", rows: 160, labelledRows: 0, labelledRowsInFile: 0 });
    expect(adaptation.expectedAccuracy.low).toBeLessThan(adaptation.expectedAccuracy.high);
  });

  test("labelled rows of the file are used and not scored", async () => {
    const { stdout } = await systemhealer([
      ...["evaluate", path("model.onnx"), path("elsewhere.csv"), "--adapt", "--labelled", path("few.csv"), "--json"],
    ]);
    const { rows, adaptation } = JSON.parse(stdout);
    expect(rows).toBe(152);
    expect(adaptation).toMatchObject({ labelledRows: 8, labelledRowsInFile: 8, ignoredLabelledRows: 0 });
  });

  test("adapt writes a model that evaluates like any other, and tells its verdict in both languages", async () => {
    const { code, stdout } = await systemhealer([
      ...["adapt", path("model.onnx"), path("elsewhere.csv"), "--out", path("adapted.onnx"), "--lang", "zh"],
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/适应(看来可靠|可用|存疑)/);
    const { stdout: scored } = await systemhealer([
      ...["evaluate", path("adapted.onnx"), path("elsewhere.csv"), "--json"],
    ]);
    const { accuracy, shift } = JSON.parse(scored);
    expect(accuracy).toBeGreaterThan(0.6);
    expect(shift.verdict).toBe("same");
    const inspected = await systemhealer(["inspect", path("adapted.onnx")]);
    expect(inspected.stdout).toContain("expected there, not measured");
  });

  test("columns that the model does not know are passed over, as without --adapt, in the few labelled rows too", async () => {
    const added = async (name: string) => {
      const [header, ...lines] = (await readFile(path(name), "utf8")).trimEnd().split("\n");
      const rows = lines.map((line, row) => `${row},day ${row},${line}`);
      await writeFile(path(`noted-${name}`), `${[`,note,${header}`, ...rows].join("\n")}\n`);
      return path(`noted-${name}`);
    };
    const order = ["evaluate", path("model.onnx"), await added("elsewhere.csv"), "--json"];
    const plain = JSON.parse((await systemhealer(order)).stdout);
    expect(plain.columns.unknown).toEqual(["", "note"]);
    const { code, stdout } = await systemhealer([...order, "--adapt", "--labelled", await added("few.csv")]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('"rows":152')]);
    expect(JSON.parse(stdout).columns).toEqual(plain.columns);
  });

  test("a named column of labels may have its usual name in the few labelled rows", async () => {
    const renamed = (await readFile(path("elsewhere.csv"), "utf8")).replace(/label(?=\n)/, "root cause");
    await writeFile(path("renamed.csv"), renamed);
    const order = ["evaluate", path("model.onnx"), path("renamed.csv"), "--label-column", "root cause", "--json"];
    const { code, stdout } = await systemhealer([...order, "--adapt", "--labelled", path("few.csv")]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('"rows":152')]);
    const unnamed = await systemhealer(["evaluate", path("model.onnx"), path("renamed.csv"), "--json"]);
    const missing = await systemhealer([...order.slice(0, 3), "--label-column", "nope", "--adapt", "--json"]);
    for (const [answer, expected] of [
      [unnamed, "label"],
      [missing, "nope"],
    ] as const) {
      expect(answer.code).toBe(3);
      expect(JSON.parse(answer.stdout).error.findings).toMatchObject([{ code: "no-label-column", expected }]);
    }
  });

  test("a file without labels is refused before it is adapted to", async () => {
    const lines = (await readFile(path("few.csv"), "utf8")).trimEnd().split("\n");
    await writeFile(path("bare.csv"), `${lines.map((line) => line.slice(0, line.lastIndexOf(","))).join("\n")}\n`);
    // So few rows that adaptation would refuse them.
    const bare = await systemhealer(["evaluate", path("model.onnx"), path("bare.csv"), "--adapt", "--json"]);
    expect(bare.code).toBe(3);
    expect(JSON.parse(bare.stdout).error.findings).toMatchObject([{ code: "no-label-column" }]);
    await writeFile(
      path("blank.csv"),
      `${lines.map((line, row) => (row ? line.replace(/[^,]*$/, "") : line)).join("\n")}\n`,
    );
    for (const more of [[], ["--adapt"]]) {
      const blank = await systemhealer(["evaluate", path("model.onnx"), path("blank.csv"), ...more, "--json"]);
      expect([blank.code, JSON.parse(blank.stdout).error.code]).toEqual([3, "no-labels"]);
    }
  });

  test("one row under two classes is refused by its numbers, in both languages", async () => {
    const [header = "", row = ""] = (await readFile(path("few.csv"), "utf8")).split("\n");
    const other = row.replace(/[^,]*$/, (label) => (label === "1" ? "2" : "1"));
    await writeFile(path("torn.csv"), `${header}\n${row}\n${other}\n`);
    const order = ["adapt", path("model.onnx"), path("elsewhere.csv"), "--out", path("torn.onnx")];
    const refused = await systemhealer([...order, "--labelled", path("torn.csv"), "--json"]);
    expect(refused.code).toBe(3);
    const parameters = { rows: 1, pairs: expect.stringMatching(/^1 \(\d\) \/ 2 \(\d\)$/) };
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: { code: "contradicting-labels", parameters },
    });
    const inChinese = await systemhealer([...order, "--labelled", path("torn.csv"), "--lang", "zh"]);
    expect(inChinese.stderr).toContain("类别却不同");
  });

  test("a model as it is can be scored on the rows that an adaptation with labels is scored on", async () => {
    const order = ["evaluate", path("model.onnx"), path("elsewhere.csv"), "--json"];
    const [all, others] = await Promise.all(
      [order, [...order, "--labelled", path("few.csv")]].map(async (each) =>
        JSON.parse((await systemhealer(each)).stdout),
      ),
    );
    expect([all.rows, others.rows, others.labelledRowsInFile]).toEqual([160, 152, 8]);
    const without = (await readFile(path("elsewhere.csv"), "utf8"))
      .split("\n")
      .filter((_, line) => line === 0 || line > 8);
    await writeFile(path("others.csv"), without.join("\n"));
    const { stdout } = await systemhealer(["evaluate", path("model.onnx"), path("others.csv"), "--json"]);
    const { macroF1, accuracy, ece, confusion } = JSON.parse(stdout);
    expect(others).toMatchObject({ macroF1, accuracy, ece, confusion, columns: all.columns });
    expect(others.shift).toEqual(all.shift);
    const given = await systemhealer([...order, "--labelled", path("elsewhere.csv")]);
    expect([given.code, JSON.parse(given.stdout).error.code]).toEqual([3, "all-labels-given"]);
  });

  test("too few rows are told in words", async () => {
    const few = await systemhealer(["adapt", path("model.onnx"), path("few.csv"), "--out", path("none.onnx")]);
    expect(few.code).toBe(3);
    expect(few.stderr).toContain("8 rows are too few");
  });
});
