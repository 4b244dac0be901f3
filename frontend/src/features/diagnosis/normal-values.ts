import type { Client } from "@systemhealer/contract/client";
import type { FeatureHistogram, HistogramPage } from "@systemhealer/contract/histograms";

/** Where a KPI lies as long as nothing is wrong. */
export interface NormalValues {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

const perCall = 50;
/** Of a form: KPIs beyond them keep the values of the whole file. */
const mostCalls = 20;

/** By KPI, from the rows of the class called normal; empty where a data set has no such class. */
export async function readNormalValues(
  client: Client,
  datasetId: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, NormalValues>> {
  const found = new Map<string, NormalValues>();
  let offset: number | undefined = 0;
  for (let calls = 0; calls < mostCalls && offset !== undefined; calls += 1) {
    const query = { offset, limit: perCall };
    const page: HistogramPage = await client.call("getDatasetHistograms", { datasetId, query }, signal && { signal });
    const normal = page.classes.findIndex(({ name }) => name !== null && name === page.normalClass);
    if (normal < 0) break;
    for (const item of page.items) {
      const values = normalValues(item, normal);
      if (values) found.set(item.name, values);
    }
    offset = page.nextOffset;
  }
  return found;
}

/** @param index of the class called normal */
export function normalValues(histogram: FeatureHistogram, index: number): NormalValues | undefined {
  const { normal } = histogram;
  const median = medianOf(histogram, index);
  return normal && median !== undefined ? { ...normal, median } : undefined;
}

/** The middle of a class by its counts, as if the values of a bin were spread evenly. */
function medianOf({ edges, counts, below, above, scale }: FeatureHistogram, index: number): number | undefined {
  const bins = counts[index] ?? [];
  const [first, last] = [edges[0], edges.at(-1)];
  const half = ((below[index] ?? 0) + bins.reduce((sum, count) => sum + count, 0) + (above[index] ?? 0)) / 2;
  if (first === undefined || last === undefined || half === 0) return undefined;
  let passed = below[index] ?? 0;
  if (passed >= half) return first;
  for (const [bin, count] of bins.entries()) {
    if (passed + count >= half) return within(edges[bin]!, edges[bin + 1]!, (half - passed) / count, scale);
    passed += count;
  }
  return last;
}

function within(low: number, high: number, share: number, scale: FeatureHistogram["scale"]): number {
  return scale === "log" && low > 0 ? low * (high / low) ** share : low + (high - low) * share;
}
