import { type FunctionName, functionEnvironments } from "@systemhealer/platform/environment";

/** A file that becomes one bundle: both paths are relative to the repository. */
export interface Entry {
  readonly source: string;
  readonly output: string;
}

export const functionNames = Object.keys(functionEnvironments) as FunctionName[];

export function functionFolder(name: FunctionName): string {
  return `build/functions/${name}`;
}

export const trainerFolder = "build/containers/trainer";
export const onnxRuntimeLayerFolder = "build/layers/onnxruntime";

/** Each file that the trainer starts as a worker thread: `name.ts` is looked for as `name.mjs` beside its bundle. */
const trainerWorkers = [
  "learners/trees/boosting/boosting-worker",
  "learners/trees/forest/forest-worker",
  "adapt/fit/fit-worker",
].map((path) => ({
  source: `packages/ml/src/${path}.ts`,
  output: `${trainerFolder}/${path.slice(path.lastIndexOf("/") + 1)}.mjs`,
}));

const trainerEntries: readonly Entry[] = [
  { source: "containers/trainer/src/main.ts", output: `${trainerFolder}/main.mjs` },
  ...trainerWorkers,
];

export const entries: readonly Entry[] = [
  ...functionNames.map((name) => ({ source: `functions/${name}.ts`, output: `${functionFolder(name)}/index.mjs` })),
  ...trainerEntries,
];

/** Files copied as they are: `from` is relative to the repository or, where it starts with a package, to its folder. */
const onnxRuntimePackages = [
  { name: "onnxruntime-node", parts: ["package.json", "dist", "bin/napi-v6/linux/arm64"] },
  { name: "onnxruntime-common", parts: ["package.json", "dist"] },
] as const;

/** TensorFlow.js trains the networks for windows: one file of each package, and its WebAssembly with and without SIMD. */
const tensorFlowPackages = [
  { name: "@tensorflow/tfjs-core", parts: ["package.json", "dist/tf-core.node.js"] },
  { name: "@tensorflow/tfjs-layers", parts: ["package.json", "dist/tf-layers.node.js"] },
  {
    name: "@tensorflow/tfjs-backend-wasm",
    parts: [
      "package.json",
      "dist/tf-backend-wasm.node.js",
      "dist/tfjs-backend-wasm.wasm",
      "dist/tfjs-backend-wasm-simd.wasm",
    ],
  },
] as const;

export interface PackagePart {
  readonly packageName: string;
  /** A file or folder inside the package. */
  readonly part: string;
  /** Where it goes, relative to the repository. */
  readonly output: string;
}

/**
 * onnxruntime for linux/arm64 only: the whole package is larger than a Lambda may be.
 * The trainer's copy is not in a folder called `node_modules`, so that its bundle, run where it lies on a developer's
 * machine, finds the repository's onnxruntime for that machine; the Dockerfile puts it in place.
 */
export const packageParts: readonly PackagePart[] = [
  { folder: `${onnxRuntimeLayerFolder}/nodejs/node_modules`, packages: onnxRuntimePackages },
  { folder: `${trainerFolder}/modules`, packages: [...onnxRuntimePackages, ...tensorFlowPackages] },
].flatMap(({ folder, packages }) =>
  packages.flatMap(({ name, parts }) =>
    parts.map((part) => ({ packageName: name, part, output: `${folder}/${name}/${part}` })),
  ),
);

export const copiedFiles: readonly Entry[] = [
  { source: "containers/trainer/Dockerfile", output: `${trainerFolder}/Dockerfile` },
];
