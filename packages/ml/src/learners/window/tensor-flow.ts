import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export type TensorFlow = typeof import("@tensorflow/tfjs-core");

/** Thrown where TensorFlow.js does not load. */
export class TensorFlowUnavailableError extends Error {
  override readonly name = "TensorFlowUnavailableError";
}

let loaded: Promise<TensorFlow> | undefined;

/**
 * TensorFlow.js, loaded at first use: on TensorFlow's own library where the package `@tensorflow/tfjs-node` is there
 * and loads, else on WebAssembly. Resolved at run time rather than bundled, as the packages lie beside the bundle. What
 * failed to load is tried anew the next time.
 * @throws TensorFlowUnavailableError
 */
export function tensorFlow(): Promise<TensorFlow> {
  loaded ??= load().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<TensorFlow> {
  const require = createRequire(import.meta.url);
  try {
    return native(require) ?? (await webAssembly(require));
  } catch (cause) {
    throw new TensorFlowUnavailableError("TensorFlow.js could not be loaded", { cause });
  }
}

/** The package is installed where its library was fetched for the machine; else it is not there, or does not load. */
function native(require: NodeJS.Require): TensorFlow | undefined {
  try {
    return require("@tensorflow/tfjs-node") as TensorFlow;
  } catch {
    return undefined;
  }
}

async function webAssembly(require: NodeJS.Require): Promise<TensorFlow> {
  const tf = require("@tensorflow/tfjs-core") as TensorFlow;
  // Loading it registers the gradients of the operators, which the core does not know by itself.
  require("@tensorflow/tfjs-layers");
  const name = "@tensorflow/tfjs-backend-wasm";
  const backend = require(name) as typeof import("@tensorflow/tfjs-backend-wasm");
  backend.setWasmPaths(join(dirname(require.resolve(name)), "/"));
  const started = await withoutProcessListeners(() => tf.setBackend("wasm"));
  if (!started) throw new Error("the backend does not start");
  return tf;
}

/** The backend's start listens to every fault of the process, to throw it once more: nobody's wish here. */
async function withoutProcessListeners<T>(start: () => Promise<T>): Promise<T> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => new Set(process.listeners(event as "exit")));
  try {
    return await start();
  } finally {
    for (const [place, event] of events.entries()) {
      for (const listener of process.listeners(event as "exit")) {
        if (!before[place].has(listener)) process.removeListener(event, listener);
      }
    }
  }
}
