import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

const launcher = resolve("cli/bin/systemhealer.mjs");

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Called once the command writes to standard error or output. */
  readonly onSpawn?: (process: { kill(signal: NodeJS.Signals): boolean }) => void;
}

/** Runs the real command in a process of its own. */
export function systemhealer(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const { LANG: _lang, LC_ALL: _all, LC_MESSAGES: _messages, ...environment } = process.env;
  const child = spawn(process.execPath, [launcher, ...args], { env: { ...environment, ...options.env } });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  options.onSpawn?.(child);
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => done({ code, stdout, stderr }));
  });
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "systemhealer-cli-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
