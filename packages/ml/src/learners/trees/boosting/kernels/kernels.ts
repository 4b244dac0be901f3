import { ModuleBuilder } from "../../../../wasm/module-builder.ts";
import { addGradients, addQuantisation } from "./gradients.ts";
import { addAccumulation, addHistogramSteps } from "./histogram.ts";
import { addLeafSteps, addPartition } from "./rows.ts";
import { addSearch } from "./search.ts";
import { addSoftmax } from "./softmax.ts";

type Kernel = (...operands: (number | bigint)[]) => void;

const names = [
  "accumulateGroup",
  "accumulate1",
  "accumulate2",
  "accumulate3",
  "accumulate4",
  "clear",
  "subtract",
  "search",
  "gradients",
  "quantise",
  "partition",
  "partitionWithGradients",
  "addSums",
  "addToScores",
  "softmax",
] as const;

/** The inner loops of boosting, in WebAssembly. Operands are explained where each is written. */
export type Kernels = Readonly<Record<(typeof names)[number], Kernel>>;

/** 4 GiB, what 32-bit addresses reach. */
export const maximumPages = 65_536;

let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  const module = new ModuleBuilder();
  addAccumulation(module);
  addHistogramSteps(module);
  addSearch(module);
  addGradients(module);
  addQuantisation(module);
  addPartition(module);
  addLeafSteps(module);
  addSoftmax(module);
  return new WebAssembly.Module(module.encode(maximumPages));
}

/** @param memory shared; of `maximumPages` at most */
export function openKernels(memory: WebAssembly.Memory): Kernels {
  compiled ??= compile();
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return exports as Kernels;
}
