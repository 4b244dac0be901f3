import { Explanations } from "@systemhealer/contract/explanation";
import { expect, test } from "vitest";
import type { RowExplanation } from "../../../packages/ml/src/explain/explanation.ts";
import {
  explanationLine,
  explanationsCsv,
  explanationsJson,
} from "../../../packages/ml/src/table/explanation-lines.ts";
import { byteChunks } from "./byte-chunks.ts";

const common = { class: "=1", baseline: 0.125, score: 1 / 3, method: "tree-shap" } as const;
const kpis = [
  { name: "cpu, 负载", value: 2, contribution: 0.5, low: 0, high: 1, direction: "above" },
  { name: "@net", value: null, contribution: -0.25, direction: "gap" },
] as const;
const rows: RowExplanation[] = [
  { row: 1, id: "-a", ...common, kpis },
  { row: 2, id: "节点\n2", ...common, kpis: [] },
  { row: 3, ...common, standardError: 0.01, kpis: [kpis[0]] },
];
const lines = rows.map(explanationLine).join("");

async function text(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

test("explanations.json holds the rows, whatever the chunks", async () => {
  const expected = { schema: "explanations.v1", rows: rows.map((row) => ({ ...row, score: 0.333333333 })) };
  for (const size of [1, 7, 10_000]) {
    const json = JSON.parse(await text(explanationsJson(byteChunks(lines, size))));
    expect(json).toEqual(expected);
    expect(Explanations.parse(json)).toEqual(expected);
  }
  expect(JSON.parse(await text(explanationsJson(byteChunks(""))))).toEqual({ schema: "explanations.v1", rows: [] });
});

test("explanations.csv has a line per row and KPI, and runs no formula", async () => {
  for (const size of [1, 7, 10_000]) {
    expect(await text(explanationsCsv(byteChunks(lines, size)))).toBe(
      "row,id,class,baseline,score,method,rank,kpi,value,contribution,low,high,direction,z\n" +
        `1,'-a,'=1,0.125,0.333333333,tree-shap,1,"cpu, 负载",2,0.5,0,1,above,\n` +
        "1,'-a,'=1,0.125,0.333333333,tree-shap,2,'@net,,-0.25,,,gap,\n" +
        `3,,'=1,0.125,0.333333333,tree-shap,1,"cpu, 负载",2,0.5,0,1,above,\n`,
    );
  }
});
