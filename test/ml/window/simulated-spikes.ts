import { createRandom } from "../../../packages/ml/src/random/random.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { previousRows } from "../../../packages/ml/src/window/series.ts";

/**
 * Rows of some nodes, mixed in time. Each episode is a spike of one KPI and some rows later one of the other; which
 * comes first is the class of the rows from the second spike on, so that no row tells it by itself.
 */
export function simulateSpikes(rowsPerNode: number, nodes = 4, seed = 1) {
  const random = createRandom(seed);
  const series = Array.from({ length: nodes }, () => spikes(rowsPerNode, random));
  const rows = rowsPerNode * nodes;
  const values = new Float32Array(rows * 3);
  const labels = new Int32Array(rows);
  const nodeOf = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const node = row % nodes;
    const step = Math.floor(row / nodes);
    nodeOf[row] = node;
    labels[row] = series[node].labels[step];
    values.set(series[node].values.subarray(3 * step, 3 * step + 3), 3 * row);
  }
  const table: Table = {
    featureNames: ["cpu", "disk", "noise"],
    rowCount: rows,
    values,
    labels,
    classes: ["0", "1", "2"],
    series: { nodeColumn: "node", timeColumn: "time", previous: previousRows(nodeOf) },
  };
  return { table, nodeOf };
}

function spikes(rows: number, random: ReturnType<typeof createRandom>) {
  const values = Float32Array.from({ length: rows * 3 }, () => 10 + random.uniform());
  const labels = new Int32Array(rows);
  for (let start = 8; start + 14 < rows; start += 14) {
    const fault = 1 + random.below(2);
    const first = start + random.below(2);
    const second = first + 2 + random.below(2);
    const [early, late] = fault === 1 ? [0, 1] : [1, 0];
    values[3 * first + early] += 8;
    values[3 * second + late] += 8;
    for (let row = second; row < second + 3; row++) labels[row] = fault;
  }
  return { values, labels };
}

/** The same rows as a file. */
export function spikesCsv({ table, nodeOf }: ReturnType<typeof simulateSpikes>): string {
  const rows = Array.from(nodeOf, (node, row) => {
    const numbers = Array.from(table.values.subarray(3 * row, 3 * row + 3));
    const time = new Date(Date.UTC(2026, 0, 1) + 1_000 * Math.floor(row / 4)).toISOString();
    return `${time},n${node},${numbers.join()},${table.labels?.[row]}\n`;
  });
  return `time,node,${table.featureNames.join()},label\n${rows.join("")}`;
}
