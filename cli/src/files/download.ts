import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Download } from "@systemhealer/contract/artefact";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { makeFolder } from "./make-folder.ts";
import { reasonOf } from "./reason.ts";

const retryDelays = [500, 1_000, 2_000, 4_000];

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (arrivedBytes: number, totalBytes: number) => void;
}

/**
 * Fetches a file and checks its SHA-256. What has arrived stays beside the target under the name of its hash until all
 * of it is there, so that the same command run again fetches only the rest.
 * @param ask gives a fresh address; asked again for each try
 * @throws CliError where the file cannot be fetched, or is not the one that was promised
 */
export async function downloadTo(
  target: string,
  ask: () => Promise<Download>,
  options: DownloadOptions,
): Promise<Download> {
  let download = await ask();
  const part = `${resolve(target)}.${download.sha256.slice(0, 12)}.part`;
  await written(target, makeFolder(dirname(part)));
  for (let attempt = 0; ; attempt++) {
    options.signal.throwIfAborted();
    try {
      await fetchRest(download, part, target, options);
      break;
    } catch (error) {
      options.signal.throwIfAborted();
      const delay = retryDelays[attempt];
      if (error instanceof CliError || delay === undefined) throw error instanceof CliError ? error : failed(error);
      await wait(delay, undefined, { signal: options.signal });
      download = await ask();
    }
  }
  if ((await hashOf(part, options.signal)) !== download.sha256) {
    await rm(part, { force: true });
    throw new CliError(exitCode.unexpected, "download-damaged", { file: download.fileName });
  }
  await written(target, rename(part, resolve(target)));
  return download;
}

/** @throws CliError where the part cannot be written; whatever else goes wrong may go better at the next try */
async function fetchRest(download: Download, part: string, target: string, options: DownloadOptions): Promise<void> {
  const { sizeBytes } = download;
  let arrived = await sizeOf(part);
  if (arrived > sizeBytes) {
    await written(target, rm(part));
    arrived = 0;
  }
  if (arrived === sizeBytes && sizeBytes > 0) return;
  const headers: Record<string, string> = arrived > 0 ? { range: `bytes=${arrived}-` } : {};
  const response = await fetch(download.url, { headers, signal: options.signal });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`HTTP ${response.status}`);
  }
  const goesOn = response.status === 206;
  if (!goesOn) arrived = 0;
  const file = await written(target, open(part, goesOn ? "a" : "w"));
  try {
    for await (const chunk of response.body ?? []) {
      await written(target, file.writeFile(chunk));
      arrived += chunk.length;
      options.onProgress?.(arrived, sizeBytes);
    }
  } finally {
    await file.close();
  }
  if (arrived !== sizeBytes) throw new Error(`${arrived} of ${sizeBytes} bytes`);
}

/** @throws CliError `cannot-write` naming the target */
async function written<T>(target: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new CliError(exitCode.unexpected, "cannot-write", { path: target, reason: reasonOf(cause) }, { cause });
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    signal.throwIfAborted();
    hash.update(chunk);
  }
  return hash.digest("hex");
}

function failed(cause: unknown): CliError {
  const inner = cause instanceof Error && cause.cause ? cause.cause : cause;
  return new CliError(exitCode.unreachable, "download-failed", { reason: reasonOf(inner) }, { cause });
}
