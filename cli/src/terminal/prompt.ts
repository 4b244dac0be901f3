import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";

/**
 * Asks on the terminal; what is typed is not shown where it is secret.
 * @param options `variable` of the environment can be set instead
 * @throws CliError where there is no terminal to ask on
 */
export async function ask(
  question: string,
  options: { secret: boolean; variable: string; signal: AbortSignal },
): Promise<string> {
  if (!process.stdin.isTTY) throw new CliError(exitCode.usage, "no-terminal", { question, variable: options.variable });
  let muted = false;
  const output = new Writable({
    write(chunk, _encoding, done) {
      if (!muted) process.stderr.write(chunk);
      done();
    },
  });
  const reader = createInterface({ input: process.stdin, output, terminal: true });
  // In raw mode Ctrl-C is a key: hand it on as the signal that it is elsewhere.
  reader.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = reader.question(question, { signal: options.signal });
    muted = options.secret;
    return (await answer).trim();
  } catch (error) {
    options.signal.throwIfAborted();
    throw error;
  } finally {
    reader.close();
    if (options.secret) process.stderr.write("\n");
  }
}
