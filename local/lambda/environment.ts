import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { childEnvironment, ownGroup } from "../process/child-environment.ts";
import type { LogFile } from "../process/log-file.ts";
import { environmentOf, type FunctionConfig } from "./function-config.ts";
import type { EnvironmentMessage, FunctionErrorPayload, InvokeMessage } from "./messages.ts";

export interface InvocationResult {
  /** JSON text: what the handler returned, or a `FunctionErrorPayload`. */
  readonly payload: string;
  /** Set where the function failed, as Lambda's header of that name. */
  readonly functionError?: "Unhandled";
}

const startMilliseconds = 30_000;
const maxResponseBytes = 6 * 1024 * 1024;

/**
 * One execution environment: a process of its own with its own variables and memory limit. It takes one event at a
 * time. After a time-out or a crash it is `dead` and must be replaced.
 */
export class Environment {
  readonly #config: FunctionConfig;
  readonly #child: ChildProcess;
  readonly #started: Promise<FunctionErrorPayload | undefined>;
  #settle: ((result: InvocationResult) => void) | undefined;
  #dead = false;

  constructor(config: FunctionConfig, log: LogFile) {
    this.#config = config;
    this.#child = fork(join(import.meta.dirname, "environment-process.ts"), {
      ...ownGroup,
      cwd: config.codeDirectory,
      env: childEnvironment(environmentOf(config)),
      execArgv: ["--no-warnings", "--enable-source-maps", `--max-old-space-size=${config.memoryMegabytes}`],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.#child.stdout?.on("data", (text: Buffer) => log.write(text));
    this.#child.stderr?.on("data", (text: Buffer) => log.write(text));
    this.#started = new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve(failure("Runtime.InitTimeout", `the handler did not load in ${startMilliseconds / 1000} s`));
        this.stop();
      }, startMilliseconds);
      this.#child.on("message", (message: EnvironmentMessage) => {
        clearTimeout(timer);
        if (message.kind === "ready") resolve(undefined);
        else this.#receive(message, resolve);
      });
      this.#child.on("error", (error) => {
        clearTimeout(timer);
        this.#end(failure("Runtime.ExitError", error.message), resolve);
      });
      this.#child.on("exit", (code, signal) => {
        clearTimeout(timer);
        const how = signal === null ? `exit status ${code}` : `signal: ${signal}`;
        this.#end(failure("Runtime.ExitError", `Runtime exited with error: ${how}`), resolve);
      });
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** @param event JSON text. */
  async invoke(requestId: string, event: string): Promise<InvocationResult> {
    const broken = await this.#started;
    if (broken) {
      this.stop();
      return failed(broken);
    }
    const { timeoutSeconds } = this.#config;
    return new Promise<InvocationResult>((resolve) => {
      const timer = setTimeout(() => {
        this.#finish(
          failed({
            errorType: "Sandbox.Timedout",
            errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
            trace: [],
          }),
        );
        this.stop();
      }, timeoutSeconds * 1000);
      this.#settle = (result) => {
        clearTimeout(timer);
        this.#settle = undefined;
        resolve(result);
      };
      if (this.#dead) return this.#finish(failed(failure("Runtime.ExitError", "Runtime exited")));
      const message: InvokeMessage = { requestId, event, deadline: Date.now() + timeoutSeconds * 1000 };
      this.#child.send(message, (error) => {
        if (error) this.#end(failure("Runtime.ExitError", error.message), () => undefined);
      });
    });
  }

  /** Ends the process at once; an event under way fails. */
  stop(): void {
    this.#dead = true;
    this.#child.kill("SIGKILL");
  }

  #receive(message: EnvironmentMessage, resolveStart: (error: FunctionErrorPayload) => void): void {
    if (message.kind === "result") {
      if (Buffer.byteLength(message.payload) > maxResponseBytes) {
        const text = `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`;
        this.#finish(failed(failure("Function.ResponseSizeTooLarge", text)));
      } else this.#finish({ payload: message.payload });
    } else if (message.kind === "error") this.#finish(failed(message.error));
    else if (message.kind === "fatal") this.#end(message.error, resolveStart);
  }

  #end(error: FunctionErrorPayload, resolveStart: (error: FunctionErrorPayload) => void): void {
    this.#dead = true;
    resolveStart(error);
    this.#finish(failed(error));
  }

  #finish(result: InvocationResult): void {
    this.#settle?.(result);
  }
}

function failure(errorType: string, errorMessage: string): FunctionErrorPayload {
  return { errorType, errorMessage, trace: [] };
}

function failed(error: FunctionErrorPayload): InvocationResult {
  return { payload: JSON.stringify(error), functionError: "Unhandled" };
}
