/**
 * What runs inside an execution environment: loads the handler that the environment variables name, then answers one
 * event after another. Ends when the local stack is gone.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { EnvironmentMessage, FunctionErrorPayload, InvokeMessage } from "./messages.ts";

type Callback = (error: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: object, callback: Callback) => unknown;

const send = (message: EnvironmentMessage): void => {
  process.send!(message);
};

process.on("disconnect", () => process.exit(0));
process.on("SIGINT", () => undefined);
process.on("unhandledRejection", (reason) => fail("Runtime.UnhandledPromiseRejection", reason));
process.on("uncaughtException", (error) => fail("Runtime.UncaughtException", error));

function fail(errorType: string, cause: unknown): void {
  const { errorMessage, trace } = describe(cause);
  end({ errorType, errorMessage, trace }, cause);
}

function end(error: FunctionErrorPayload, cause: unknown): void {
  console.error(cause);
  const message: EnvironmentMessage = { kind: "fatal", error };
  process.send!(message, () => process.exit(1));
}

function describe(cause: unknown): FunctionErrorPayload {
  if (cause instanceof Error) {
    return { errorType: cause.name, errorMessage: cause.message, trace: (cause.stack ?? "").split("\n") };
  }
  return { errorType: typeof cause, errorMessage: String(cause), trace: [] };
}

async function loadHandler(root: string, name: string): Promise<Handler> {
  const dot = name.lastIndexOf(".");
  const [module, member] = [name.slice(0, dot), name.slice(dot + 1)];
  const file = [".mjs", ".js", ".cjs"].map((extension) => join(root, module + extension)).find(existsSync);
  if (file === undefined) {
    throw Object.assign(new Error(`Cannot find module '${module}' in ${root}`), { name: "Runtime.ImportModuleError" });
  }
  const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown> & {
    default?: Record<string, unknown>;
  };
  const handler = loaded[member] ?? loaded.default?.[member];
  if (typeof handler !== "function") {
    throw Object.assign(new Error(`${name} is undefined or not exported`), { name: "Runtime.HandlerNotFound" });
  }
  return handler as Handler;
}

function contextOf({ requestId, deadline }: InvokeMessage): object {
  const environment = process.env;
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: environment.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: environment.SYSTEMHEALER_FUNCTION_ARN,
    logGroupName: environment.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: environment.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

function call(handler: Handler, event: unknown, context: object): Promise<unknown> {
  if (handler.length < 3) return Promise.resolve().then(() => handler(event, context, () => undefined));
  return new Promise((resolve, reject) => {
    handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

async function main(): Promise<void> {
  let handler: Handler;
  try {
    handler = await loadHandler(process.env.LAMBDA_TASK_ROOT!, process.env._HANDLER!);
  } catch (cause) {
    end(describe(cause), cause);
    return;
  }
  process.on("message", async (message: InvokeMessage) => {
    const { requestId } = message;
    try {
      const result = await call(handler, JSON.parse(message.event), contextOf(message));
      const payload = JSON.stringify(result ?? null);
      send({ kind: "result", requestId, payload });
    } catch (cause) {
      console.error(cause);
      send({ kind: "error", requestId, error: describe(cause) });
    }
  });
  send({ kind: "ready" });
}

await main();
