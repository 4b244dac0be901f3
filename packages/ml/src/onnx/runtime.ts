import { createRequire } from "node:module";
import type { InferenceSession } from "onnxruntime-node";

type OnnxRuntime = typeof import("onnxruntime-node");

/** Thrown where the native library of onnxruntime does not load. */
export class RuntimeUnavailableError extends Error {
  override readonly name = "RuntimeUnavailableError";
}

let loaded: OnnxRuntime | undefined;

/**
 * onnxruntime-node, loaded at first use. Resolved at run time rather than bundled, so that a Lambda layer can hold it.
 * @throws RuntimeUnavailableError
 */
export function onnxRuntime(): OnnxRuntime {
  if (loaded) return loaded;
  try {
    loaded = createRequire(import.meta.url)("onnxruntime-node") as OnnxRuntime;
  } catch (cause) {
    throw new RuntimeUnavailableError("onnxruntime-node could not be loaded", { cause });
  }
  return loaded;
}

/**
 * Opens a model on the CPU. A run blocks the event loop while it computes (version 1.30 calls the library on the
 * main thread), so callers keep each run short.
 * @param threads threads that one operator may use
 * @param optimization `disabled` computes nothing at opening
 * @param without names of single optimizations that are left out
 */
export function openSession(
  model: Uint8Array,
  threads: number,
  optimization: "all" | "disabled" = "all",
  without: readonly string[] = [],
): Promise<InferenceSession> {
  return onnxRuntime().InferenceSession.create(model, {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: optimization,
    // What is wrong is thrown; it is not written to standard error as well.
    logSeverityLevel: 4,
    // Threads that wait for one another would otherwise burn the cores that they wait for, where others need them too.
    extra: {
      session: { intra_op: { allow_spinning: "0" } },
      ...(without.length > 0 ? { optimization: { disable_specified_optimizers: without.join(";") } } : {}),
    },
  });
}
