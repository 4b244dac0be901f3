import { type FileHandle, mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { forget, removeOnExit } from "../interrupt.ts";
import { reasonOf } from "./reason.ts";

/** Where a command writes its result: a file that appears only when it is whole, or standard output (`-`). */
export interface OutputFile {
  write(chunk: string | Uint8Array): Promise<void>;
}

export const standardOutput = "-";

/**
 * Opens an output while `produce` writes to it. Where it fails, nothing is left behind.
 * @throws CliError where the folder or the file cannot be written; whatever `produce` throws
 */
export async function withOutput<T>(path: string, produce: (output: OutputFile) => Promise<T>): Promise<T> {
  if (path === standardOutput) return produce({ write: writeStandardOutput });
  const target = resolve(path);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  let handle: FileHandle;
  try {
    await mkdir(dirname(target), { recursive: true });
    handle = await open(temporary, "w");
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
  removeOnExit(temporary);
  try {
    const result = await produceInto(handle, path, produce);
    try {
      await rename(temporary, target);
    } catch (cause) {
      throw cannotWrite(path, cause);
    }
    return result;
  } finally {
    await rm(temporary, { force: true });
    forget(temporary);
  }
}

/**
 * What a command reads is not overwritten by what it writes, and no two results go to one file.
 * @param outputs paths of the results; those that are not wanted are undefined
 * @throws CliError `output-is-input` or `output-twice`, before anything is read or written
 */
export async function checkOutputs(outputs: readonly (string | undefined)[], inputs: readonly string[]): Promise<void> {
  const read = new Set(await Promise.all(inputs.map(truePath)));
  const written = new Set<string>();
  for (const path of outputs) {
    if (path === undefined || path === standardOutput) continue;
    const target = await truePath(path);
    if (read.has(target)) throw new CliError(exitCode.usage, "output-is-input", { path });
    if (written.has(target)) throw new CliError(exitCode.usage, "output-twice", { path });
    written.add(target);
  }
}

/** Without links, where the file is there already. */
async function truePath(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

export function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  return withOutput(path, (output) => output.write(content));
}

async function produceInto<T>(
  handle: FileHandle,
  path: string,
  produce: (output: OutputFile) => Promise<T>,
): Promise<T> {
  try {
    return await produce({
      async write(chunk) {
        try {
          await handle.writeFile(chunk);
        } catch (cause) {
          throw cannotWrite(path, cause);
        }
      },
    });
  } finally {
    await handle.close();
  }
}

function writeStandardOutput(chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

function cannotWrite(path: string, cause: unknown): CliError {
  return new CliError(exitCode.unexpected, "cannot-write", { path, reason: reasonOf(cause) }, { cause });
}
