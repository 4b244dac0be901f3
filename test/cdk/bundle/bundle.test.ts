import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { defaultLimits } from "@systemhealer/contract/limits";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BundleError, bundle } from "../../../cdk/bundle/bundle.ts";
import {
  entries as allEntries,
  functionFolder,
  functionNames,
  onnxRuntimeLayerFolder,
  trainerFolder,
} from "../../../cdk/bundle/entries.ts";

const repository = resolve(import.meta.dirname, "../../..");
const built = (path: string) => join(repository, path);

test("entry files that do not exist are all named", async () => {
  const empty = await mkdtemp(join(tmpdir(), "systemhealer-bundle-"));
  try {
    const bundling = bundle(empty);
    await expect(bundling).rejects.toThrow(BundleError);
    await expect(bundling).rejects.toThrow(/functions\/api\/main\.ts[\s\S]*containers\/trainer\/src\/main\.ts/);
  } finally {
    await rm(empty, { recursive: true, force: true });
  }
});

/** Of all functions; none of them names anything that is there. */
const variables = {
  USER_POOL_ID: "eu-central-1_Pool1",
  USER_POOL_CLIENT_ID: "client",
  COGNITO_ENDPOINT: "https://cognito-idp.eu-central-1.amazonaws.com",
  TABLE_NAME: "table",
  BUCKET_NAME: "bucket",
  LIMITS: JSON.stringify(defaultLimits),
  INGEST_STATE_MACHINE_ARN: "arn:aws:states:eu-central-1:111122223333:stateMachine:ingest",
  TRAINING_STATE_MACHINE_ARN: "arn:aws:states:eu-central-1:111122223333:stateMachine:training",
  DIAGNOSIS_STATE_MACHINE_ARN: "arn:aws:states:eu-central-1:111122223333:stateMachine:diagnosis",
  ALERT_TOPIC_ARN: "arn:aws:sns:eu-central-1:111122223333:alerts",
  DOWNLOAD_SECONDS: "300",
  UPLOAD_SECONDS: "86400",
  HEARTBEAT_SECONDS: "60",
  AUDIT_DAYS: "90",
};

describe("the repository's bundles", () => {
  beforeAll(async () => {
    await bundle(repository);
  });

  test("a second run has nothing to do", async () => {
    expect((await bundle(repository)).changed).toEqual([]);
  });

  test.each(functionNames)("%s is one ES module that exports its handler and brings all but onnxruntime", (name) => {
    const folder = built(functionFolder(name));
    expect(readdirSync(folder).sort()).toEqual(["index.mjs", "index.mjs.map"]);
    const code = readFileSync(join(folder, "index.mjs"), "utf8");
    expect(code).toMatch(/\nexport \{\n[^}]*\bhandler\b/);
    const imported = [...code.matchAll(/^import .*? from "([^"]+)";$/gm)].map((match) => match[1]!);
    expect(imported.filter((from) => !isBuiltIn(from) && from !== "onnxruntime-node")).toEqual([]);
  });

  test("every function loads in Node as it is deployed, with the environment of its schema and nothing else", () => {
    const urls = functionNames.map((name) => pathToFileURL(built(`${functionFolder(name)}/index.mjs`)).href);
    const script = `for (const url of ${JSON.stringify(urls)}) console.log(typeof (await import(url)).handler);`;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      env: { AWS_REGION: "eu-central-1", ...variables },
      encoding: "utf8",
    });
    expect(output.trim().split("\n")).toEqual(functionNames.map(() => "function"));
  });

  test("the layer and the image hold onnxruntime for linux/arm64 and nothing for other machines", () => {
    for (const folder of [`${onnxRuntimeLayerFolder}/nodejs/node_modules`, `${trainerFolder}/modules`]) {
      const binaries = built(`${folder}/onnxruntime-node/bin/napi-v6`);
      expect(readdirSync(binaries)).toEqual(["linux"]);
      expect(readdirSync(join(binaries, "linux"))).toEqual(["arm64"]);
      expect(existsSync(join(binaries, "linux/arm64/onnxruntime_binding.node"))).toBe(true);
      expect(existsSync(built(`${folder}/onnxruntime-common/package.json`))).toBe(true);
    }
  });

  test("TensorFlow.js of the image trains where nothing else is", async () => {
    const folder = await mkdtemp(join(tmpdir(), "systemhealer-modules-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await cp(built(`${trainerFolder}/modules/@tensorflow`), join(folder, "node_modules/@tensorflow"), {
      recursive: true,
    });
    const source = fileURLToPath(new URL("../../../packages/ml/src/learners/window/tensor-flow.ts", import.meta.url));
    await cp(source, join(folder, "tensor-flow.mts"));
    const script = `
      const { tensorFlow } = await import(${JSON.stringify(pathToFileURL(join(folder, "tensor-flow.mts")).href)});
      const tf = await tensorFlow();
      console.log(tf.getBackend(), tf.grad((x) => tf.sum(tf.mul(x, x)))(tf.tensor1d([3])).dataSync()[0]);`;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
    expect(output).toBe("wasm 6\n");
  });

  test("the image's base is pinned, it runs as an ordinary user, and it copies what is in its folder", () => {
    const dockerfile = readFileSync(built(`${trainerFolder}/Dockerfile`), "utf8");
    expect(dockerfile).toMatch(/^FROM node@sha256:[0-9a-f]{64}$/m);
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    expect(dockerfile).toContain("COPY modules ./node_modules");
    expect(dockerfile).toContain("COPY *.mjs *.mjs.map ./");
    const entries = allEntries
      .filter(({ output }) => dirname(output) === trainerFolder)
      .flatMap(({ output }) => [basename(output), `${basename(output)}.map`]);
    expect(entries).toContain("main.mjs");
    expect(readdirSync(built(trainerFolder)).sort()).toEqual(["Dockerfile", ...entries, "modules"].sort());
  });
});

function isBuiltIn(name: string): boolean {
  return process.getBuiltinModule(name) !== undefined;
}
