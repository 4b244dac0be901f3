import { existsSync, globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * Who may import whom. An area is a workspace; what it may import of ours is listed here, and what it may import of
 * others is what its `package.json` names.
 */
interface Area {
  readonly folder: string;
  /** Areas, or single modules of one. */
  readonly ours: readonly string[];
  /** Instead of whatever `package.json` names. */
  readonly others?: readonly RegExp[];
}

const areas: readonly Area[] = [
  { folder: "packages/contract", ours: [], others: [/^zod$/] },
  { folder: "packages/ml", ours: [], others: [/^onnxruntime-node$/, /^protobufjs(\/|$)/, /^@tensorflow\/tfjs-/] },
  { folder: "packages/simulator", ours: [], others: [] },
  { folder: "packages/domain", ours: ["packages/contract"] },
  { folder: "packages/platform", ours: ["packages/contract", "packages/domain"] },
  { folder: "functions", ours: ["packages/contract", "packages/domain", "packages/ml", "packages/platform"] },
  { folder: "containers/trainer", ours: ["packages/contract", "packages/domain", "packages/ml", "packages/platform"] },
  { folder: "cli", ours: ["packages/contract", "packages/domain", "packages/ml", "packages/simulator"] },
  { folder: "frontend", ours: ["packages/contract", "packages/simulator"] },
  { folder: "cdk", ours: ["packages/contract", "packages/platform/src/environment.ts"] },
  {
    folder: "local",
    ours: ["packages/contract", "packages/domain", "packages/ml", "packages/platform", "packages/simulator"],
  },
];

const repository = resolve(import.meta.dirname, "../..");

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** Relative to the repository, where it is a file of ours. */
  readonly target: string | undefined;
}

const statement = /^\s*(?:import|export)\b(?:[^"';]*?\bfrom)?\s*["']([^"']+)["']/gm;
const call = /\b(?:import|require)\(\s*["']([^"']+)["']/g;
const worker = /\bnew URL\(\s*["'](\.[^"']+\.[cm]?[jt]sx?)["']\s*,\s*import\.meta\.url/g;

function importsOf(folder: string): Import[] {
  const files = globSync("**/*.{ts,tsx,mts,mjs}", {
    cwd: join(repository, folder),
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.d.ts"],
  });
  return files.sort().flatMap((name) => {
    const file = join(folder, name).split(sep).join("/");
    return importsIn(file, readFileSync(join(repository, file), "utf8"));
  });
}

function importsIn(file: string, source: string): Import[] {
  const code = withoutComments(source);
  const specifiers = [statement, call, worker].flatMap((pattern) => [...code.matchAll(pattern)].map((m) => m[1]!));
  return [...new Set(specifiers)].map((specifier) => ({ file, specifier, target: fileOfOurs(file, specifier) }));
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

function fileOfOurs(from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) {
    return relative(repository, resolve(repository, dirname(from), specifier))
      .split(sep)
      .join("/");
  }
  const [, packageName, module] = /^@systemhealer\/([^/]+)\/(.+)$/.exec(specifier) ?? [];
  if (!packageName) return undefined;
  const folder = { functions: "functions", trainer: "containers/trainer", cdk: "cdk", local: "local", cli: "cli" }[
    packageName
  ];
  if (packageName === "trainer") return `${folder}/src/${module}.ts`;
  return folder ? `${folder}/${module}.ts` : `packages/${packageName}/src/${module}.ts`;
}

const isWithin = (folder: string) => (path: string) => path === folder || path.startsWith(`${folder}/`);

type Versions = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly peerDependencies?: Versions;
}

const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(repository, folder, "package.json"), "utf8")) as Manifest;

function dependenciesOf(folder: string): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = manifestOf(folder);
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
}

const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

const present = areas.filter(({ folder }) => existsSync(join(repository, folder, "package.json")));

test("every way of importing is seen", () => {
  const imports = importsIn(
    "functions/api/main.ts",
    `import { a } from "@systemhealer/ml/pipeline/train-model";
import {
  b,
  type C,
} from "../../cdk/app.ts";
import "./side-effect.ts";
export { d } from "zod";
import type { E } from "node:fs";
// import { f } from "commented-out";
const text = "import from nowhere";
const g = await import("./lazy.ts");
new Worker(new URL("./worker.ts", import.meta.url));`,
  );
  expect(imports.map(({ specifier, target }) => [specifier, target])).toEqual([
    ["@systemhealer/ml/pipeline/train-model", "packages/ml/src/pipeline/train-model.ts"],
    ["../../cdk/app.ts", "cdk/app.ts"],
    ["./side-effect.ts", "functions/api/side-effect.ts"],
    ["zod", undefined],
    ["node:fs", undefined],
    ["./lazy.ts", "functions/api/lazy.ts"],
    ["./worker.ts", "functions/api/worker.ts"],
  ]);
});

describe.each(present)("$folder", ({ folder, ours, others }) => {
  const imports = importsOf(folder);

  test("imports of ours only what it may", () => {
    const permitted = [folder, ...ours].map(isWithin);
    const wrong = imports.filter(({ target }) => target !== undefined && !permitted.some((within) => within(target)));
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  test("imports of others only what it names as a dependency", () => {
    const dependencies = dependenciesOf(folder);
    const named = (specifier: string) => dependencies.includes(packageOf(specifier));
    const permitted = (specifier: string) =>
      named(specifier) && (others === undefined || others.some((pattern) => pattern.test(specifier)));
    const wrong = imports.filter(
      ({ file, specifier, target }) =>
        target === undefined && !isBuiltin(specifier) && !isTypesOnly(file, specifier) && !permitted(specifier),
    );
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  test("names every package of ours that it imports", () => {
    const named = dependenciesOf(folder);
    const used = new Set(imports.map(({ specifier }) => packageOf(specifier)));
    expect([...used].filter((name) => name.startsWith("@systemhealer/") && !named.includes(name))).toEqual([]);
  });
});

const unshippedFolders = ["test", "bench", "scripts"];

test("what tests, benchmarks and scripts import of others, the repository names for development", () => {
  const named = Object.keys(manifestOf(".").devDependencies ?? {});
  const wrong = unshippedFolders.flatMap(importsOf).filter(({ file, specifier, target }) => {
    if (target !== undefined || isBuiltin(specifier) || isTypesOnly(file, specifier)) return false;
    return !named.includes(packageOf(specifier)) && !isQuoted(file);
  });
  expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test("a package that several workspaces name is of one version", () => {
  const versions = new Map<string, string>();
  const wrong = [".", ...present.map(({ folder }) => folder)].flatMap((folder) => {
    const { dependencies, devDependencies } = manifestOf(folder);
    return Object.entries({ ...dependencies, ...devDependencies }).filter(([name, version]) => {
      const first = versions.get(name) ?? version;
      versions.set(name, first);
      return first !== version;
    });
  });
  expect(wrong).toEqual([]);
});

/** This file has imports of nothing in its texts. */
function isQuoted(file: string): boolean {
  return resolve(repository, file) === import.meta.filename;
}

/** Types of a package that has nothing else, which the whole repository has for development. */
function isTypesOnly(file: string, specifier: string): boolean {
  const statements = readFileSync(join(repository, file), "utf8").match(/^import\b[^;]*;/gm) ?? [];
  const own = statements.filter((text) => text.includes(`"${specifier}"`));
  return specifier === "aws-lambda" && own.every((text) => text.startsWith("import type"));
}

test("there are no barrels: no file only passes on what others export", () => {
  const barrels = present.flatMap(({ folder }) =>
    globSync("**/index.{ts,tsx}", { cwd: join(repository, folder), exclude: ["**/node_modules/**", "**/dist/**"] }).map(
      (name) => join(folder, name),
    ),
  );
  expect(barrels.filter((file) => /^export \* from/m.test(readFileSync(join(repository, file), "utf8")))).toEqual([]);
});

test("only entry files create adapters: no other file of functions or containers imports one", () => {
  const entryFiles =
    /^functions\/(api\/main|inference\/(rows|shard|import)|events\/[a-z-]+|workflow\/[a-z-]+)\.ts$|^containers\/trainer\/src\/main\.ts$/;
  const adapters = /^@systemhealer\/platform\/(dynamo|s3|sns|step-functions|cognito|record-stores)/;
  const wrong = ["functions", "containers/trainer"]
    .flatMap(importsOf)
    .filter(({ file, specifier }) => adapters.test(specifier) && !entryFiles.test(file));
  expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
});

test("product code does not ask where it runs", () => {
  const folders = [
    "packages/contract",
    "packages/domain",
    "packages/ml",
    "packages/platform",
    "functions",
    "containers",
  ];
  const files = folders.flatMap((folder) =>
    globSync("**/*.ts", { cwd: join(repository, folder), exclude: ["**/node_modules/**"] }).map((name) =>
      join(folder, name),
    ),
  );
  const asking = files.filter((file) =>
    /AWS_ENDPOINT_URL|isLocal\b|IS_LOCAL\b/.test(readFileSync(join(repository, file), "utf8")),
  );
  expect(asking).toEqual([]);
});
