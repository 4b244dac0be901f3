import { expect, test } from "vitest";
import { clusterKpi } from "../../../cli/src/terminal/cluster-kpi.ts";

const kpi = { name: "retries", direction: "above", low: 0, high: 7.25 } as const;

test("an arrow says where the group's median lies", () => {
  expect(clusterKpi({ ...kpi, median: 4, restMedian: 1.5 })).toBe("retries ↑ 4 (1.5)");
  expect(clusterKpi({ ...kpi, direction: "below", median: 0.5, restMedian: 1.5 })).toBe("retries ↓ 0.5 (1.5)");
});

test("medians that read the same have no arrow, but the middle of the group", () => {
  expect(clusterKpi({ ...kpi, median: 0, restMedian: 0 })).toBe("retries 0 [0, 7.25] (0)");
  expect(clusterKpi({ ...kpi, median: 1.00001, restMedian: 1 })).toBe("retries 1 [0, 7.25] (1)");
});
