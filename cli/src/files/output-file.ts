import { access, constants, type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { forget, removeOnExit } from "../interrupt.ts";
import type { Output } from "../output.ts";
import { isTopmost, makeFolder } from "./make-folder.ts";
import { reasonOf } from "./reason.ts";

/** Where a command writes its result: a file that appears only when it is whole, or standard output (`-`). */
export interface OutputFile {
  write(chunk: string | Uint8Array): Promise<void>;
}

export const standardOutput = "-";

/**
 * Opens an output while `produce` writes to it. Where it fails, nothing is left behind. What is no plain file, such as a
 * device or a pipe, is written to and not replaced; a link stays one, and the file that it names is replaced.
 * @throws CliError where the folder or the file cannot be written; whatever `produce` throws
 */
export async function withOutput<T>(path: string, produce: (output: OutputFile) => Promise<T>): Promise<T> {
  if (path === standardOutput) return produce({ write: writeStandardOutput });
  if (await isSpecial(path)) return produceInto(await openToWrite(path, path), path, produce);
  const target = await truePath(path);
  const temporary = partOf(target);
  const handle = await openToWrite(temporary, path);
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

/** Lets results have standard output: the command's own words go to standard error. @throws CliError where JSON is to go there */
export function leaveStandardOutputTo(outputs: readonly (string | undefined)[], output: Output): void {
  if (!outputs.includes(standardOutput)) return;
  if (output.json) throw new CliError(exitCode.usage, "json-and-standard-output");
  output.leaveStandardOutput();
}

/**
 * What a command reads is not overwritten by what it writes, no two results go to one file, and each can be written: that
 * is found out before the work, not after it.
 * @param outputs paths of the results; those that are not wanted are undefined
 * @throws CliError `output-is-input`, `output-twice` or `cannot-write`
 */
export async function checkOutputs(outputs: readonly (string | undefined)[], inputs: readonly string[]): Promise<void> {
  const read = new Set(await Promise.all(inputs.map(truePath)));
  const written = new Set<string>();
  for (const path of outputs) {
    if (path === undefined) continue;
    const target = path === standardOutput ? path : await truePath(path);
    if (read.has(target)) throw new CliError(exitCode.usage, "output-is-input", { path });
    if (written.has(target)) throw new CliError(exitCode.usage, "output-twice", { path });
    written.add(target);
  }
  for (const target of written) if (target !== standardOutput) await checkWritable(target);
}

/** Looks at the folder, or the nearest one above it that is there already; makes nothing. */
async function checkWritable(target: string): Promise<void> {
  if (await isSpecial(target)) return;
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    try {
      if (!(await stat(folder)).isDirectory()) throw notWritable(target, "ENOTDIR");
      return await access(folder, constants.W_OK);
    } catch (cause) {
      if (cause instanceof CliError) throw cause;
      if (reasonOf(cause) !== "ENOENT" || isTopmost(folder)) throw cannotWrite(target, cause);
    }
  }
}

/** A device, a pipe or the like. @throws CliError where it is a folder */
async function isSpecial(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  if (status?.isDirectory()) throw notWritable(path, "EISDIR");
  return status !== undefined && !status.isFile();
}

/** Where what is written waits until it is whole. */
function partOf(target: string): string {
  return join(dirname(target), `.${basename(target)}.${process.pid}.part`);
}

/** @param path as the command was given it, for the message */
async function openToWrite(file: string, path: string): Promise<FileHandle> {
  try {
    await makeFolder(dirname(file));
    return await open(file, "w");
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
}

/** Without links, where the file is there already. @throws CliError where the folder that the command runs in is gone */
async function truePath(path: string): Promise<string> {
  try {
    return await realpath(path).catch(() => resolve(path));
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
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
  return notWritable(path, reasonOf(cause), { cause });
}

function notWritable(path: string, reason: string, options?: ErrorOptions): CliError {
  return new CliError(exitCode.unexpected, "cannot-write", { path, reason }, options);
}
