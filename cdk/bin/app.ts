import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createApp } from "../app.ts";
import { bundle } from "../bundle/bundle.ts";

/**
 * What `cdk synth`, `cdk deploy` and `cdk ls` run. By itself: `node cdk/bin/app.ts --stage local --out DIR`.
 */
const { values } = parseArgs({ options: { stage: { type: "string" }, out: { type: "string" } } });
const repository = resolve(import.meta.dirname, "../..");
await bundle(repository);
createApp({
  repository,
  ...(values.out !== undefined && { outdir: resolve(values.out) }),
  ...(values.stage !== undefined && { context: { stage: values.stage } }),
}).synth();
