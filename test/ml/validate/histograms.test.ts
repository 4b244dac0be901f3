import { validateTable } from "@systemhealer/ml/validate/validate-table";
import { describe, expect, it } from "vitest";

async function histogramsOf(lines: readonly string[], purpose: "training" | "diagnosis" = "training") {
  async function* bytes() {
    yield Buffer.from(`${lines.join("\n")}\n`);
  }
  const result = await validateTable(bytes(), { purpose });
  if (!result.ok) throw new Error(JSON.stringify(result.report));
  return result.histograms;
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe("histograms of a table's KPIs", () => {
  it("count each sampled row of each class once: in a bin, beyond the bins, or as a gap", async () => {
    const lines = ["cpu,label"];
    for (let i = 0; i < 900; i++) lines.push(`${i % 10 === 0 ? "" : i},${i % 3}`);
    const { features, classes, rows, sampledRows } = await histogramsOf(lines);
    expect([rows, sampledRows]).toEqual([900, 900]);
    expect(classes).toEqual(["0", "1", "2"].map((name) => ({ name, rows: 300, sampled: 300 })));
    const { edges, counts, below, above, gaps, scale } = features[0]!;
    expect(scale).toBe("linear");
    expect(edges).toHaveLength(31);
    expect([...edges].sort((a, b) => a - b)).toEqual(edges);
    for (const group of [0, 1, 2]) {
      expect(sum(counts[group]!) + below[group]! + above[group]! + gaps[group]!).toBe(300);
      expect(gaps[group]).toBe(30);
    }
  });

  it("put values where they belong", async () => {
    const lines = ["cpu,label"];
    for (let i = 0; i < 600; i++) lines.push(`${i % 2 === 0 ? 0.1 : 0.9},${i % 2}`);
    const { features } = await histogramsOf(lines);
    const { counts } = features[0]!;
    expect(counts[0]![0]).toBe(300);
    expect(counts[1]!.at(-1)).toBe(300);
  });

  it("are logarithmic where values span orders of magnitude, and one bin where nothing changes", async () => {
    const lines = ["bytes,flat,empty,label"];
    for (let i = 0; i < 400; i++) lines.push(`${10 ** (i / 40)},5,,${i % 2}`);
    const [bytes, flat, empty] = (await histogramsOf(lines)).features;
    expect(bytes!.scale).toBe("log");
    const widths = bytes!.edges.slice(1).map((edge, i) => edge / bytes!.edges[i]!);
    expect(Math.max(...widths) / Math.min(...widths)).toBeLessThan(1.001);
    expect(flat).toMatchObject({ edges: [5, 5], counts: [[200], [200]], normal: { low: 5, high: 5 } });
    expect(empty).toMatchObject({ edges: [], counts: [[], []], gaps: [200, 200], normal: null });
  });

  it("take the normal range from the class that is called normal", async () => {
    const lines = ["cpu,label"];
    for (let i = 0; i < 1_000; i++)
      lines.push(`${i % 2 === 0 ? (i % 100) / 100 : 50},${i % 2 === 0 ? "Normal" : "leak"}`);
    const named = await histogramsOf(lines);
    expect(named.normalClass).toBe("Normal");
    expect(named.features[0]!.normal!.high).toBeLessThan(1);
    const unnamed = await histogramsOf(lines.map((line) => line.replace("Normal", "calm")));
    expect(unnamed.normalClass).toBeNull();
    expect(unnamed.features[0]!.normal!.high).toBe(50);
  });

  it("of a file without labels have one nameless class", async () => {
    const { classes } = await histogramsOf(["cpu", "1", "2", "3"], "diagnosis");
    expect(classes).toEqual([{ name: null, rows: 3, sampled: 3 }]);
  });
});
