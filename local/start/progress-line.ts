/** Shows how far something is: one line that moves on a terminal, a line for each change of stage elsewhere. */
export class ProgressLine {
  readonly #stream: NodeJS.WriteStream;
  #stage = "";
  #open = false;

  constructor(stream: NodeJS.WriteStream = process.stdout) {
    this.#stream = stream;
  }

  /** @param fraction 0 to 1 where it is known. */
  show(what: string, stage: string, fraction?: number): void {
    if (!this.#stream.isTTY) {
      if (stage !== this.#stage) this.#stream.write(`  ${what}: ${stage}\n`);
      this.#stage = stage;
      return;
    }
    const width = 24;
    const filled = Math.round((fraction ?? 0) * width);
    const bar =
      fraction === undefined
        ? ""
        : ` [${"#".repeat(filled)}${".".repeat(width - filled)}] ${Math.round(fraction * 100)}%`;
    this.#stream.write(`\r\x1b[2K  ${what}: ${stage}${bar}`);
    this.#open = true;
  }

  /** Ends the line. */
  done(what: string, result: string): void {
    this.#stream.write(`${this.#open ? "\r\x1b[2K" : ""}  ${what}: ${result}\n`);
    this.#open = false;
    this.#stage = "";
  }

  /** Leaves the line where it is, for others to print below. */
  interrupt(): void {
    if (this.#open) this.#stream.write("\n");
    this.#open = false;
    this.#stage = "";
  }
}
