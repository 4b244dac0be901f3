import { expect, test } from "vitest";
import { kpiUses, type StoredReport } from "../../../../frontend/src/features/models/stored-report.ts";

const features = [
  { name: "cpu", used: true },
  { name: "uptime", used: false },
  { name: "disk", used: true },
  { name: "noise", used: false },
];
const report = {
  preparation: {
    constantFeaturesDropped: ["uptime"],
    featureScores: [
      { name: "disk", score: 3, kept: true },
      { name: "cpu", score: 2, kept: true },
      { name: "noise", score: 0.1, kept: false },
    ],
  },
} as unknown as StoredReport;

test("each KPI says what became of it, those that tell most first", () => {
  expect(kpiUses({ features }, report)).toEqual([
    { name: "disk", use: "kept", score: 3 },
    { name: "cpu", use: "kept", score: 2 },
    { name: "noise", use: "dropped", score: 0.1 },
    { name: "uptime", use: "constant", score: undefined },
  ]);
});

test("without a report the card alone tells, in the file's order", () => {
  expect(kpiUses({ features }, undefined).map(({ name, use }) => `${name} ${use}`)).toEqual([
    "cpu kept",
    "uptime dropped",
    "disk kept",
    "noise dropped",
  ]);
});
