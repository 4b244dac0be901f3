import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ByteSource } from "@systemhealer/contract/upload";
import { simulate } from "@systemhealer/simulator/simulate";

const contest = join(import.meta.dirname, "..", "..", "..", "..", "shared", "data", "zte-a10");

export interface MainJobData {
  readonly origin: "contest" | "simulator";
  /** Labelled rows to learn from; more than one part of a multipart upload. */
  readonly training: Uint8Array<ArrayBuffer>;
  /** Labelled rows of the same schema to diagnose. */
  readonly diagnosis: Uint8Array<ArrayBuffer>;
  /** A macro-F1 on unseen training rows that only a model that works reaches. */
  readonly leastMacroF1: number;
}

/** The contest data where they are at hand, the simulator's otherwise. */
export async function mainJobData(): Promise<MainJobData> {
  if (existsSync(join(contest, "train.csv"))) {
    const read = (name: string) => new Uint8Array(readFileSync(join(contest, name)));
    return { origin: "contest", training: read("train.csv"), diagnosis: read("validate.csv"), leastMacroF1: 0.65 };
  }
  const training = await simulated({ rows: 8_000, seed: 1 });
  return { origin: "simulator", training, diagnosis: await simulated({ rows: 500, seed: 2 }), leastMacroF1: 0.75 };
}

export async function simulated(options: Parameters<typeof simulate>[0]): Promise<Uint8Array<ArrayBuffer>> {
  const parts: string[] = [];
  for await (const part of simulate(options)) parts.push(part);
  return new TextEncoder().encode(parts.join(""));
}

export function sourceOf(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return { size: bytes.length, read: async (from, to) => bytes.slice(from, to) };
}
