import { readFile } from "node:fs/promises";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { cannotRead } from "./input-file.ts";

/**
 * The fold of each row of a table, from a file with one whole number from 0 on each line; −1: takes no part.
 * @throws CliError where the file cannot be read, or has another number of lines or something else on one
 */
export async function readFoldFile(path: string, rowCount: number): Promise<Int32Array> {
  const lines = (await readText(path)).trim().split(/\r?\n/);
  if (lines.length !== rowCount) {
    throw new CliError(exitCode.input, "fold-file-length", { path, found: lines.length, expected: rowCount });
  }
  return Int32Array.from(lines, (line, index) => {
    const fold = Number(line);
    if (line.trim() !== "" && Number.isInteger(fold) && fold >= -1 && fold < mostFolds) return fold;
    throw new CliError(exitCode.input, "fold-file-line", { path, line: index + 1, most: mostFolds - 1 });
  });
}

const mostFolds = 100;

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw cannotRead(path, cause);
  }
}
