import { describe, expect, it } from "vitest";
import { Progress } from "../../../cli/src/terminal/progress.ts";

/** What is written while a command tells its progress once a second, `seconds` long. */
function shown(seconds: number, options: { isTTY: boolean; enabled?: boolean }): string[] {
  const written: string[] = [];
  let now = 50_000;
  const stream = { isTTY: options.isTTY, columns: 60, write: (text: string) => written.push(text) > 0 };
  const progress = new Progress(stream, options.enabled ?? true, () => now);
  for (let second = 0; second <= seconds; second++) {
    progress.show("Fitting", second / seconds, `epoch ${second}`);
    now += 1_000;
  }
  progress.clear();
  return written;
}

describe("progress", () => {
  it("is a line every five seconds where standard error is no terminal", () => {
    expect(shown(20, { isTTY: false })).toEqual([
      "Fitting 25 % epoch 5\n",
      "Fitting 50 % epoch 10\n",
      "Fitting 75 % epoch 15\n",
      "Fitting 100 % epoch 20\n",
    ]);
  });

  it("says nothing in a log of a command that is quick, and nothing where it is not wanted", () => {
    expect(shown(4, { isTTY: false })).toEqual([]);
    expect(shown(60, { isTTY: false, enabled: false })).toEqual([]);
    expect(shown(60, { isTTY: true, enabled: false })).toEqual([]);
  });

  it("is one line that is drawn again on a terminal, and taken away at the end", () => {
    const written = shown(3, { isTTY: true });
    expect(written).toHaveLength(5);
    expect(written[2]).toBe(`\r\x1b[2KFitting [${"█".repeat(16)}${"░".repeat(8)}]  66 % epoch 2`);
    expect(written.at(-1)).toBe("\r\x1b[2K");
    expect(written.every((text) => !text.includes("\n"))).toBe(true);
  });
});
