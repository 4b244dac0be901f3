import { type FileHandle, open } from "node:fs/promises";
import { resolve } from "node:path";
import type { ByteSource } from "@systemhealer/contract/upload";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { reasonOf } from "./reason.ts";

export interface FileSource extends ByteSource {
  /** Absolute. */
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
}

/** Opens a file whose bytes `use` reads in any order. @throws CliError where it cannot be read */
export async function withByteSource<T>(path: string, use: (source: FileSource) => Promise<T>): Promise<T> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new CliError(
      exitCode.input,
      reason === "ENOENT" ? "input-missing" : "cannot-read",
      { path, reason },
      { cause },
    );
  }
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw new CliError(exitCode.input, "input-is-folder", { path });
    return await use({
      path: resolve(path),
      modifiedAt: status.mtimeMs,
      size: status.size,
      read: (from, to) => readRange(handle, path, from, to),
    });
  } finally {
    await handle.close();
  }
}

async function readRange(handle: FileHandle, path: string, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, from + filled);
    if (bytesRead === 0) throw new CliError(exitCode.input, "input-changed", { path });
    filled += bytesRead;
  }
  return bytes;
}
