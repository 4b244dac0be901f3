import type { Language } from "@systemhealer/contract/messages/message";
import { plainJson, visible } from "@systemhealer/contract/visible";
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
    if (this.json) process.stdout.write(`${plainJson(value)}\n`);
    else if (lines.length > 0) {
      const stream = this.resultOnStandardError ? process.stderr : process.stdout;
      stream.write(plain(lines));
    }
  }

  /** A remark for people beside the result. */
  note(code: TextCode, parameters: TextParameters = {}): void {
    if (this.json) return;
    this.progress.clear();
    process.stderr.write(plain([this.text(code, parameters)]));
  }

  /** The command failed. @param value for machines, below `error` */
  failure(value: object, lines: readonly string[]): void {
    this.progress.clear();
    if (this.json && !this.resultOnStandardError) process.stdout.write(`${plainJson({ error: value })}\n`);
    if (!this.json) process.stderr.write(plain(lines));
  }
}

/** Whatever names stand in them, lines steer nothing on the terminal but its next line. */
function plain(lines: readonly string[]): string {
  return `${lines.join("\n").split("\n").map(visible).join("\n")}\n`;
}
