import { ModuleBuilder } from "../../../wasm/module-builder.ts";
import { maximumPages, type OpenKernel, openOnMemory, openOnOwnMemory } from "../../../wasm/own-memory.ts";
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
export function openScoringKernels(bytes: number): OpenKernel<ScoringKernels> | undefined {
  compiled ??= compile();
  return openOnOwnMemory(compiled, bytes);
}

/** The kernels on the memory of others. */
export function openScoringKernelsOn(memory: WebAssembly.Memory): OpenKernel<ScoringKernels> {
  compiled ??= compile();
  return openOnMemory(compiled, memory);
}
