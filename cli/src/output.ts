import type { Language } from "@systemhealer/contract/messages/message";
import { type TextCode, type TextParameters, text } from "./messages/text.ts";
import { Progress } from "./terminal/progress.ts";

/** What a command says: one JSON object for machines, or sentences for people; progress on standard error. */
export class Output {
  readonly json: boolean;
  readonly language: Language;
  readonly progress: Progress;
  private resultOnStandardError = false;

  constructor(options: { json: boolean; language: Language }) {
    this.json = options.json;
    this.language = options.language;
    this.progress = new Progress(process.stderr, !options.json);
  }

  text(code: TextCode, parameters: TextParameters = {}): string {
    return text(code, parameters, this.language);
  }

  /** Standard output belongs to the data: what people read goes to standard error. */
  leaveStandardOutput(): void {
    this.resultOnStandardError = true;
  }

  /** The outcome of the command, once. @param lines for people */
  result(value: object, lines: readonly string[]): void {
    this.progress.clear();
    if (this.json) process.stdout.write(`${JSON.stringify(value)}\n`);
    else if (lines.length > 0) {
      const stream = this.resultOnStandardError ? process.stderr : process.stdout;
      stream.write(`${lines.join("\n")}\n`);
    }
  }

  /** A remark for people beside the result. */
  note(code: TextCode, parameters: TextParameters = {}): void {
    if (this.json) return;
    this.progress.clear();
    process.stderr.write(`${this.text(code, parameters)}\n`);
  }

  /** The command failed. @param value for machines, below `error` */
  failure(value: object, lines: readonly string[]): void {
    this.progress.clear();
    if (this.json && !this.resultOnStandardError) process.stdout.write(`${JSON.stringify({ error: value })}\n`);
    if (!this.json) process.stderr.write(`${lines.join("\n")}\n`);
  }
}
