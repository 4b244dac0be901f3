/**
 * Names of the objects in the data bucket, built and parsed here only.
 *
 *     uploads/<workspace>/<dataset>/source          bytes as they were sent
 *     drops/<workspace>/{train|diagnose}/<name>     files put there without the API
 *     datasets/<workspace>/<dataset>/…              uncompressed copy, profile, validation report
 *     imports/<workspace>/<model>/model.onnx        a model file as it was sent; expires by itself
 *     runs/<workspace>/<run>/…                      what a run leaves behind
 *     shards/<workspace>/<run>/…                    parts of a diagnosis until they are merged; expire by themselves
 */
export function uploadKey(workspaceId: string, datasetId: string): string {
  return `uploads/${workspaceId}/${datasetId}/source`;
}

export function dropPrefix(workspaceId: string, followUp: "train" | "diagnose"): string {
  return `drops/${workspaceId}/${followUp}/`;
}

export function datasetArtefactKey(
  workspaceId: string,
  datasetId: string,
  name: "data.csv" | "profile.json" | "histograms.json" | "validation-report.json",
): string {
  return `datasets/${workspaceId}/${datasetId}/${name}`;
}

export function datasetPrefix(workspaceId: string, datasetId: string): string {
  return `datasets/${workspaceId}/${datasetId}/`;
}

export function importKey(workspaceId: string, modelId: string): string {
  return `imports/${workspaceId}/${modelId}/model.onnx`;
}

export function runPrefix(workspaceId: string, runId: string): string {
  return `runs/${workspaceId}/${runId}/`;
}

export function shardPrefix(workspaceId: string, runId: string): string {
  return `shards/${workspaceId}/${runId}/`;
}

/** Where lies what a workspace keeps: all but what expires by itself. */
export function storedPrefixes(workspaceId: string): readonly string[] {
  return ["uploads", "datasets", "runs"].map((area) => `${area}/${workspaceId}/`);
}

export function runArtefactKey(workspaceId: string, runId: string, name: string): string {
  return `runs/${workspaceId}/${runId}/${name}`;
}

/**
 * What a shard leaves until it is merged: its rows of the results (`csv`), its sums (`json`) and, where it was asked for,
 * why each row was diagnosed so (`jsonl`). Shards count from 0.
 */
export function shardKey(
  workspaceId: string,
  runId: string,
  shard: number,
  extension: "csv" | "json" | "jsonl",
): string {
  return `${shardPrefix(workspaceId, runId)}${String(shard).padStart(5, "0")}.${extension}`;
}

export type ArrivedObject =
  | { readonly kind: "upload"; readonly workspaceId: string; readonly datasetId: string }
  | {
      readonly kind: "drop";
      readonly workspaceId: string;
      readonly followUp: "train" | "diagnose";
      readonly fileName: string;
    };

/** Which arrival a key stands for; undefined where the key is none that starts a workflow. */
export function parseArrivedKey(key: string): ArrivedObject | undefined {
  const upload = /^uploads\/([^/]+)\/([^/]+)\/source$/.exec(key);
  if (upload) return { kind: "upload", workspaceId: upload[1]!, datasetId: upload[2]! };
  const drop = /^drops\/([^/]+)\/(train|diagnose)\/(.*[^/])$/s.exec(key);
  if (drop) {
    const followUp = drop[2] as "train" | "diagnose";
    return { kind: "drop", workspaceId: drop[1]!, followUp, fileName: drop[3]!.split("/").at(-1)! };
  }
  return undefined;
}
