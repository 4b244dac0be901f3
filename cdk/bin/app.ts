import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createApp } from "../app.ts";
import { BundleError, bundle } from "../bundle/bundle.ts";
import { buildPortal, PortalBuildError } from "../bundle/portal.ts";
import { StageError } from "../config/stages.ts";

/**
 * What `cdk synth`, `cdk deploy` and `cdk ls` run. By itself: `node cdk/bin/app.ts --stage local --out DIR`.
 * With `--portal DIR` the portal is not built: it lies there.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { stage: { type: "string" }, out: { type: "string" }, portal: { type: "string" } },
  });
  const repository = resolve(import.meta.dirname, "../..");
  await bundle(repository);
  const portal = values.portal === undefined ? await buildPortal(repository) : resolve(values.portal);
  createApp({
    repository,
    portal,
    ...(values.out !== undefined && { outdir: resolve(values.out) }),
    ...(values.stage !== undefined && { context: { stage: values.stage } }),
  }).synth();
}

try {
  await main();
} catch (error) {
  if (!(error instanceof BundleError || error instanceof PortalBuildError || error instanceof StageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
