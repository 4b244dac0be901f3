import { visible } from "@systemhealer/contract/visible";
import { displayWidth } from "./table.ts";

const barWidth = 24;
const redrawMilliseconds = 100;
const lineMilliseconds = 5_000;

/**
 * How far a command is. On a terminal one line that is drawn again and again; elsewhere, so that a log shows it too, a
 * line every five seconds, and none for a command that is over before.
 */
export class Progress {
  readonly #stream: Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">;
  readonly #enabled: boolean;
  readonly #now: () => number;
  /** Of what was shown last; in a log, at first of the beginning. */
  #shownAt: number;

  /** @param now milliseconds of a clock that never goes back */
  constructor(
    stream: Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">,
    enabled: boolean,
    now: () => number = () => performance.now(),
  ) {
    this.#stream = stream;
    this.#enabled = enabled;
    this.#now = now;
    this.#shownAt = stream.isTTY ? Number.NEGATIVE_INFINITY : now();
  }

  /** @param fraction 0 to 1; undefined where the end is not known */
  show(about: string, fraction: number | undefined, more = ""): void {
    if (!this.#enabled) return;
    const [label, detail] = [visible(about), visible(more)];
    const now = this.#now();
    const passed = now - this.#shownAt;
    const share = Math.min(1, Math.max(0, fraction ?? 0));
    const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
    if (!this.#stream.isTTY) {
      if (passed < lineMilliseconds) return;
      this.#shownAt = now;
      this.#stream.write(`${[label, ...(fraction === undefined ? [] : [percent.trim()]), detail].join(" ").trim()}\n`);
      return;
    }
    if (passed < redrawMilliseconds && fraction !== 1) return;
    this.#shownAt = now;
    const filled = Math.round(share * barWidth);
    const bar = fraction === undefined ? "" : ` [${"█".repeat(filled)}${"░".repeat(barWidth - filled)}] ${percent}`;
    this.#stream.write(`\r\x1b[2K${fit(`${label}${bar} ${detail}`, this.#stream.columns ?? 80)}`);
  }

  /** Takes the line away, so that another one can be written in its place. */
  clear(): void {
    if (!this.#enabled || !this.#stream.isTTY) return;
    if (this.#shownAt > Number.NEGATIVE_INFINITY) this.#stream.write("\r\x1b[2K");
    this.#shownAt = Number.NEGATIVE_INFINITY;
  }
}

function fit(text: string, columns: number): string {
  let fitted = text;
  while (displayWidth(fitted) > columns - 1) fitted = fitted.slice(0, -1);
  return fitted;
}
