import { ModuleBuilder } from "../../../wasm/module-builder.ts";
import { addScoreByMasks } from "./masks-kernel.ts";
import { addScoreByWalk } from "./walk-kernel.ts";

/** The inner loops of scoring, in WebAssembly. Operands are explained where each is written. */
export interface ScoringKernels {
  scoreByMasks(tree: number, end: number, values: number, sums: number): void;
  scoreByWalk(
    root: number,
    values: number,
    valuesEnd: number,
    valuesStep: number,
    sums: number,
    sumsStep: number,
  ): void;
  walkOne(root: number, values: number, sums: number): void;
}

const pageBytes = 65_536;
/** 4 GiB, what 32-bit addresses reach. */
const maximumPages = 65_536;

let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  const module = new ModuleBuilder();
  addScoreByMasks(module);
  addScoreByWalk(module);
  return new WebAssembly.Module(module.encode(maximumPages));
}

/**
 * The kernels on a memory of their own.
 * @returns undefined where there is not that much memory
 */
export function openScoringKernels(
  bytes: number,
): { readonly buffer: ArrayBufferLike; readonly kernels: ScoringKernels } | undefined {
  const pages = Math.max(1, Math.ceil(bytes / pageBytes));
  if (pages > maximumPages) return undefined;
  compiled ??= compile();
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
    return { buffer: memory.buffer, kernels: exports as unknown as ScoringKernels };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
