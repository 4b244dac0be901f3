const faults = ["cpu-saturated", "disk-slow", "network-loss"] as const;
const kpis = ["cpu_load", "disk_wait", "packet_loss", "queue_length", "cache_hits"] as const;
/** Where the faults show, per KPI. */
const shifts: Readonly<Record<(typeof faults)[number], readonly number[]>> = {
  "cpu-saturated": [60, 0, 0, 8, -10],
  "disk-slow": [5, 45, 0, 12, -30],
  "network-loss": [-8, 2, 9, 4, 0],
};

export interface TinyClusterOptions {
  readonly rows: number;
  readonly seed: number;
  readonly labelled: boolean;
  /** Of every value: another than 1 makes another environment. */
  readonly factor?: number;
}

/** A CSV file of three faults over five KPIs that any learner tells apart, with ids and a few gaps. */
export function tinyCluster({ rows, seed, labelled, factor = 1 }: TinyClusterOptions): Uint8Array<ArrayBuffer> {
  let state = seed;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const lines = [["sample_id", ...kpis, ...(labelled ? ["label"] : [])].join(",")];
  for (let row = 0; row < rows; row += 1) {
    const fault = faults[Math.floor(random() ** 1.5 * faults.length)]!;
    const cells = kpis.map((_, index) => {
      if (random() < 0.01) return "";
      return (factor * (20 + shifts[fault][index]! + 12 * (random() + random() + random() - 1.5))).toFixed(3);
    });
    lines.push([`s-${row + 1}`, ...cells, ...(labelled ? [fault] : [])].join(","));
  }
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}
