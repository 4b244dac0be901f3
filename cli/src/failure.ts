import { ApiError, ConnectionError } from "@systemhealer/contract/client";
import { failureMessage, findingMessage } from "@systemhealer/contract/messages/message";
import { wordsOf } from "@systemhealer/contract/messages/words";
import { UploadError } from "@systemhealer/contract/upload";
import { AdaptationError } from "@systemhealer/ml/adapt/adaptation-error";
import { ClusteringError } from "@systemhealer/ml/cluster/clustering-error";
import { ColumnsDoNotMatchError } from "@systemhealer/ml/diagnose/match-columns";
import { FitError } from "@systemhealer/ml/learners/learner";
import { TrainingError } from "@systemhealer/ml/pipeline/training-error";
import { TableError } from "@systemhealer/ml/table/table-error";
import { CliError, UnusableFileError, UnusableModelError } from "./cli-error.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { networkReason } from "./files/reason.ts";
import { InterruptedError } from "./interrupt.ts";
import type { Output } from "./output.ts";
import { formatTable } from "./terminal/table.ts";

const exitCodeOfStatus = new Map<number, ExitCode>([
  [400, exitCode.usage],
  [401, exitCode.forbidden],
  [403, exitCode.forbidden],
  [404, exitCode.conflict],
  [409, exitCode.conflict],
]);
const unusableInput = ["data-unusable", "columns-do-not-match"];

/** Tells a failure in words, without a stack trace unless it is a fault of the program. @returns the exit code */
export function tellFailure(error: unknown, output: Output): ExitCode {
  const tell = (code: ExitCode, word: string, sentence: string, more: object = {}, lines: readonly string[] = []) => {
    output.failure({ exitCode: code, code: word, message: sentence, ...more }, [sentence, ...lines]);
    return code;
  };
  const { language } = output;
  if (error instanceof InterruptedError) return tell(error.exitCode, "interrupted", output.text("interrupted"));
  if (error instanceof CliError) {
    return tell(error.exitCode, error.code, output.text(error.code, error.parameters), {
      parameters: error.parameters,
    });
  }
  if (error instanceof TableError) return tellFindings(new UnusableFileError("", [error.finding], 0));
  if (error instanceof UnusableFileError) return tellFindings(error);
  if (error instanceof UnusableModelError) {
    const { code, problem, parameters } = error.cause;
    const file = error.fileName;
    const words = wordsOf("reason", problem, language) ?? problem;
    return tell(exitCode.input, code, output.text("model-file-unusable", { file, problem: words }), { parameters });
  }
  if (error instanceof ClusteringError) {
    const { reason } = error;
    const code = reason === "too-many-clusters" ? exitCode.usage : exitCode.input;
    return tell(code, reason, output.text(`cluster-${reason}`));
  }
  if (error instanceof AdaptationError) {
    const { code, parameters } = error;
    return tell(exitCode.input, code, output.text(`adapt-${code}`, parameters), { parameters });
  }
  if (error instanceof TrainingError || error instanceof FitError) {
    const code = unusableInput.includes(error.code) ? exitCode.input : exitCode.runFailed;
    const { parameters } = error;
    return tell(code, error.code, failureMessage({ code: error.code, parameters }, language), { parameters });
  }
  if (error instanceof ColumnsDoNotMatchError) {
    const { found, expected, missing } = error;
    const parameters = { found, expected, missing: missing.slice(0, 8).join(", ") + (missing.length > 8 ? ", …" : "") };
    const sentence = failureMessage({ code: "columns-do-not-match", parameters }, language);
    return tell(exitCode.input, "columns-do-not-match", sentence, { found, expected, missing });
  }
  if (error instanceof ApiError) {
    const { problem } = error;
    const code = exitCodeOfStatus.get(problem.status) ?? exitCode.unexpected;
    const places = problem.errors ?? [];
    // A single place is told by the sentence itself.
    const lines = (places.length > 1 ? places : []).map(({ pointer, detail }) => `  ${pointer ?? ""} ${detail}`);
    return tell(code, problem.code, problem.detail, { problem }, lines);
  }
  if (error instanceof ConnectionError) {
    return tell(
      exitCode.unreachable,
      "unreachable",
      output.text("unreachable", { address: error.address, reason: networkReason(error) }),
    );
  }
  if (error instanceof UploadError) {
    const code = error.code === "file-changed" ? exitCode.conflict : exitCode.unreachable;
    return tell(code, error.code, output.text(`upload-${error.code}`, { reason: error.message }));
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return tell(exitCode.unexpected, "unexpected", output.text("unexpected"), { detail }, [detail]);

  function tellFindings(unusable: UnusableFileError): ExitCode {
    const { findings, omittedFindings, fileName } = unusable;
    const rows = findings.map((finding) => [
      finding.row === undefined ? "" : finding.row === 0 ? output.text("findings-header") : String(finding.row),
      finding.column ?? "",
      finding.found ?? "",
      finding.expected ?? "",
      findingMessage(finding, language),
    ]);
    const header = (["row", "column", "found", "expected", "finding"] as const).map((name) =>
      output.text(`column-${name}`),
    );
    const lines = [formatTable(header, rows)];
    if (omittedFindings > 0) lines.push(output.text("findings-omitted", { count: omittedFindings }));
    if (findings.some(({ row }) => row)) lines.push(output.text("findings-rows"));
    const sentence = output.text("file-unusable", { file: fileName || "?", count: findings.length + omittedFindings });
    return tell(exitCode.input, "file-unusable", sentence, { findings, omittedFindings }, lines);
  }
}
