import { displayWidth } from "./table.ts";

const barWidth = 24;
const redrawMilliseconds = 100;

/** One line on a terminal that is drawn again and again; nothing where standard error is none. */
export class Progress {
  private readonly stream: NodeJS.WriteStream;
  private readonly active: boolean;
  private drawnAt = 0;

  constructor(stream: NodeJS.WriteStream, enabled: boolean) {
    this.stream = stream;
    this.active = enabled && stream.isTTY === true;
  }

  /** @param fraction 0 to 1; undefined where the end is not known */
  show(label: string, fraction: number | undefined, detail = ""): void {
    if (!this.active) return;
    const now = performance.now();
    if (now - this.drawnAt < redrawMilliseconds && fraction !== 1) return;
    this.drawnAt = now;
    const share = Math.min(1, Math.max(0, fraction ?? 0));
    const filled = Math.round(share * barWidth);
    const bar = fraction === undefined ? "" : ` [${"█".repeat(filled)}${"░".repeat(barWidth - filled)}]`;
    const percent = fraction === undefined ? "" : ` ${String(Math.floor(share * 100)).padStart(3)} %`;
    this.stream.write(`\r\x1b[2K${fit(`${label}${bar}${percent} ${detail}`, this.stream.columns ?? 80)}`);
  }

  clear(): void {
    if (this.active && this.drawnAt > 0) this.stream.write("\r\x1b[2K");
    this.drawnAt = 0;
  }
}

function fit(text: string, columns: number): string {
  let fitted = text;
  while (displayWidth(fitted) > columns - 1) fitted = fitted.slice(0, -1);
  return fitted;
}
