import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { childEnvironment, ownGroup } from "../process/child-environment.ts";
import type { LogFile } from "../process/log-file.ts";
import { repositoryModules } from "../process/repository-modules.ts";
import type { TaskDefinition, TaskOverrides } from "./task-definition.ts";

export interface ProcessEnd {
  readonly exitCode: number;
  /** Set where the process ran out of memory, in the words of ECS. */
  readonly reason?: string;
}

/** Part of a task's memory that JavaScript objects may take; the rest is for native code and buffers. */
const heapShare = 0.75;
const preload = pathToFileURL(join(import.meta.dirname, "preload.ts")).href;

export interface TaskProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<ProcessEnd>;
}

/** Starts the container's command as a child process in the image's source folder. */
export function startTaskProcess(definition: TaskDefinition, overrides: TaskOverrides, log: LogFile): TaskProcess {
  const [program, ...parameters] = overrides.command ?? definition.command;
  const memory = overrides.memoryMegabytes ?? definition.memoryMegabytes;
  const node = program === "node";
  const nodeOptions = ["--no-warnings", `--max-old-space-size=${Math.floor(memory * heapShare)}`, "--import", preload];
  const child = spawn(node ? process.execPath : program!, node ? [...nodeOptions, ...parameters] : parameters, {
    ...ownGroup,
    cwd: definition.directory,
    env: childEnvironment({ NODE_PATH: repositoryModules, ...definition.variables, ...overrides.variables }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let tail = "";
  const keep = (text: Buffer): void => {
    log.write(text);
    tail = (tail + text.toString()).slice(-4_000);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once("error", (error) => {
      log.write(`${error.message}\n`);
      resolve({ exitCode: 127, reason: `CannotStartContainerError: ${error.message}` });
    });
    child.once("close", (code, signal) => {
      if (code !== 0 && /heap out of memory|heap limit/.test(tail)) {
        resolve({ exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" });
      } else resolve({ exitCode: code ?? exitCodeOf(signal) });
    });
  });
  return { child, ended };
}

function exitCodeOf(signal: NodeJS.Signals | null): number {
  return signal === "SIGTERM" ? 143 : 137;
}
