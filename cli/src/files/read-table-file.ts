import { visible } from "@systemhealer/contract/visible";
import { alikeClasses } from "@systemhealer/ml/table/label";
import { readTable } from "@systemhealer/ml/table/read-table";
import type { Table } from "@systemhealer/ml/table/table";
import { TableError } from "@systemhealer/ml/table/table-error";
import type { Profile } from "@systemhealer/ml/validate/profile";
import { validateTable } from "@systemhealer/ml/validate/validate-table";
import type { Cli } from "../cli.ts";
import { UnusableFileError } from "../cli-error.ts";
import { tellWarnings } from "../terminal/tell-warnings.ts";
import type { InputFile } from "./input-file.ts";

const mostAlikeTold = 5;

/** Findings of a table under the name of its file. */
export async function underName<T>(file: InputFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TableError) throw new UnusableFileError(file.name, [error.finding], 0, { cause: error });
    throw error;
  }
}

/**
 * Reads a file through once and says what it holds.
 * @throws UnusableFileError with all that is wrong
 */
export async function profileFile(
  cli: Cli,
  file: InputFile,
  options: { readonly purpose: "training" | "diagnosis"; readonly labelColumn?: string },
): Promise<Profile> {
  const { signal, output } = cli;
  const result = await validateTable(file.read(signal), {
    ...options,
    fileName: file.name,
    signal,
    onProgress: ({ bytesRead }) =>
      output.progress.show(output.text("stage-checking-file"), file.sizeBytes && bytesRead / file.sizeBytes),
  });
  output.progress.clear();
  if (result.ok) {
    if (options.purpose === "training") tellAlikeClasses(cli, result.profile);
    tellWarnings(output, result.profile.warnings);
    return result.profile;
  }
  throw new UnusableFileError(file.name, result.report.findings, result.report.omittedFindings);
}

function tellAlikeClasses({ output }: Cli, { classes }: Profile): void {
  const alike = alikeClasses(classes.map(({ name }) => name)).slice(0, mostAlikeTold);
  if (alike.length === 0) return;
  output.note("classes-alike", { names: visible(alike.map((names) => names.join(" / ")).join(", ")) });
}

/** @throws UnusableFileError at the first thing that is wrong */
export async function loadTable(cli: Cli, file: InputFile, labelColumn: string | undefined): Promise<Table> {
  const { signal, output } = cli;
  const showProgress = (bytes: number) =>
    output.progress.show(output.text("stage-reading"), file.sizeBytes && bytes / file.sizeBytes);
  return underName(file, () =>
    readTable(file.read(signal, showProgress), { ...(labelColumn && { labelColumn }), keepSeries: true, signal }),
  );
}
