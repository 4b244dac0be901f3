import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { simulate } from "@systemhealer/simulator/simulate";

/** @returns the path, once the file is written */
export async function writeSimulatedFile(path: string, rows: number): Promise<string> {
  process.stderr.write(`simulating ${rows} rows …\n`);
  await pipeline(Readable.from(simulate({ rows, seed: 1 })), createWriteStream(path));
  return path;
}
