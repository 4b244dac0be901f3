import { simulate } from "@systemhealer/simulator/simulate";

export interface NodeClusterOptions {
  readonly rows: number;
  readonly seed: number;
  /** Whether nothing is wrong anywhere. */
  readonly healthy?: boolean;
  /** A node and a KPI of it that is so many times as great as it was in each row. */
  readonly sick?: { readonly node: string; readonly kpi: string; readonly factor: number };
}

/** A CSV file of a simulated cluster: a row per node every 10 s, labelled by the node's own fault. */
export async function nodeCluster(options: NodeClusterOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { rows, seed, healthy = false, sick } = options;
  const shares = healthy ? { classShares: { normal: 1 } } : {};
  let text = "";
  for await (const piece of simulate({ schema: "long", rows, seed, ...shares })) text += piece;
  if (!sick) return new TextEncoder().encode(text);
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const names = header.split(",");
  const [node, kpi] = [names.indexOf("node"), names.indexOf(sick.kpi)];
  const changed = lines.map((line) => {
    const cells = line.split(",");
    if (cells[node] === sick.node && cells[kpi] !== "") cells[kpi] = String(Number(cells[kpi]) * sick.factor);
    return cells.join(",");
  });
  return new TextEncoder().encode(`${[header, ...changed].join("\n")}\n`);
}
