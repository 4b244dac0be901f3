import type { Finding } from "@systemhealer/contract/validation-report";
import type { ModelFileError } from "@systemhealer/ml/diagnose/model-file-error";
import type { ExitCode } from "./exit-code.ts";
import type { TextCode, TextParameters } from "./messages/text.ts";

/** Something that the user can understand and act on: told as a sentence, without a stack trace. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly exitCode: ExitCode;
  readonly code: TextCode;
  readonly parameters: TextParameters;

  constructor(exitCode: ExitCode, code: TextCode, parameters: TextParameters = {}, options?: ErrorOptions) {
    super(code, options);
    this.exitCode = exitCode;
    this.code = code;
    this.parameters = parameters;
  }
}

/** A file that is no model which can diagnose; `cause` says why. */
export class UnusableModelError extends Error {
  override readonly name = "UnusableModelError";
  readonly fileName: string;
  override readonly cause: ModelFileError;

  constructor(fileName: string, cause: ModelFileError) {
    super(fileName, { cause });
    this.fileName = fileName;
    this.cause = cause;
  }
}

/** A file that is no usable table: shown as a list of what was found and expected where. */
export class UnusableFileError extends Error {
  override readonly name = "UnusableFileError";
  readonly fileName: string;
  readonly findings: readonly Finding[];
  readonly omittedFindings: number;

  constructor(fileName: string, findings: readonly Finding[], omittedFindings: number, options?: ErrorOptions) {
    super(fileName, options);
    this.fileName = fileName;
    this.findings = findings;
    this.omittedFindings = omittedFindings;
  }
}
