import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { reasonOf } from "./reason.ts";

const standardInput = "-";
const chunkBytes = 1024 * 1024;

export interface InputFile {
  /** For messages. */
  readonly name: string;
  /** Undefined for standard input. */
  readonly sizeBytes: number | undefined;
  /** Its bytes, as often as wanted. @throws CliError `input-read-once` where standard input or a pipe is read again */
  read(signal: AbortSignal, onBytes?: (bytesRead: number) => void): AsyncGenerator<Uint8Array>;
}

/** @throws CliError where the file is not there, is no file, or cannot be read */
export async function openInput(path: string): Promise<InputFile> {
  if (path === standardInput) {
    return {
      name: "stdin",
      sizeBytes: undefined,
      read: once("stdin", (signal, onBytes) => counted(process.stdin, "stdin", signal, onBytes)),
    };
  }
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new CliError(exitCode.input, "input-is-folder", { path });
    const read: InputFile["read"] = (signal, onBytes) =>
      counted(createReadStream(path, { highWaterMark: chunkBytes }), path, signal, onBytes);
    const name = basename(path);
    return status.isFile()
      ? { name, sizeBytes: status.size, read }
      : { name, sizeBytes: undefined, read: once(path, read) };
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

/** Whoever opened a pipe that was read to its end would wait for a writer for ever. */
function once(path: string, read: InputFile["read"]): InputFile["read"] {
  let begun = false;
  return (...order) => {
    if (begun) throw new CliError(exitCode.usage, "input-read-once", { path });
    begun = true;
    return read(...order);
  };
}

/** A whole file, such as a model. */
export async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}

async function* counted(
  stream: AsyncIterable<Uint8Array>,
  path: string,
  signal: AbortSignal,
  onBytes: ((bytesRead: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      signal.throwIfAborted();
      bytes += chunk.length;
      onBytes?.(bytes);
      yield chunk;
    }
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof Error && "syscall" in cause) throw cannotRead(path, cause);
    throw cause;
  }
}

export function cannotRead(path: string, cause: unknown): CliError {
  if (cause instanceof CliError) return cause;
  const reason = reasonOf(cause);
  const code = reason === "ENOENT" ? "input-missing" : "cannot-read";
  return new CliError(exitCode.input, code, { path, reason }, { cause });
}
