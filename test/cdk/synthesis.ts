import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { createApp } from "../../cdk/app.ts";
import { entries, onnxRuntimeLayerFolder, trainerFolder } from "../../cdk/bundle/entries.ts";

export type StageName = "dev" | "prod" | "local";

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a resource's properties are whatever CloudFormation says
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Synthesis {
  readonly edge: Template;
  readonly data: Template;
  readonly pipeline: Template;
  readonly api: Template;
  readonly portal: Template;
  readonly all: readonly Template[];
}

/** Context of a portal under a name of its own. */
export const ownDomain = {
  portalDomain: "heal.example.com",
  portalCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1a2b",
  portalHostedZoneId: "Z0123456789",
};

const repository = resolve(import.meta.dirname, "../..");

/** Runs in a folder with `cdk.json` and bundles that hold nothing: templates depend on the bundles' hashes only. */
export function withPlaceholderBundles<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "systemhealer-cdk-"));
  const files = [
    ...entries.map(({ output }) => output),
    `${trainerFolder}/Dockerfile`,
    `${onnxRuntimeLayerFolder}/nodejs/node_modules/onnxruntime-node/package.json`,
    "build/portal/1a2b/index.html",
    "build/portal/1a2b/assets/main.js",
  ];
  try {
    for (const file of files) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `${file}\n`);
    }
    copyFileSync(join(repository, "cdk.json"), join(folder, "cdk.json"));
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function placeholderPortal(folder: string): string {
  return join(folder, "build", "portal", "1a2b");
}

const done = new Map<string, Synthesis>();

/** The templates of a stage, checked by cdk-nag as on every synthesis; those that were made before are not made again. */
export function synthesize(stage: StageName, context: Readonly<Record<string, unknown>> = {}): Synthesis {
  const key = JSON.stringify([stage, context]);
  const synthesis = done.get(key) ?? synthesizeAgain(stage, context);
  done.set(key, synthesis);
  return synthesis;
}

export function synthesizeAgain(stage: StageName, context: Readonly<Record<string, unknown>> = {}): Synthesis {
  return withPlaceholderBundles((folder) => {
    const outdir = join(folder, "cdk.out");
    const assembly = createApp({
      repository: folder,
      portal: placeholderPortal(folder),
      outdir,
      context: { ...context, stage },
    }).synth();
    const template = (part: string) =>
      Template.fromJSON(assembly.getStackByName(`systemhealer-${stage}-${part}`).template as Record<string, unknown>);
    const parts = {
      edge: template("edge"),
      data: template("data"),
      pipeline: template("pipeline"),
      api: template("api"),
      portal: template("portal"),
    };
    return { ...parts, all: Object.values(parts) };
  });
}

export function resourcesOf(templates: readonly Template[], type: string): [logicalId: string, resource: Resource][] {
  return templates.flatMap((template) => Object.entries(template.findResources(type) as Record<string, Resource>));
}

export function resourceOf(template: Template, type: string): Resource {
  const found = resourcesOf([template], type);
  if (found.length !== 1) throw new Error(`${found.length} resources are of type ${type}`);
  return found[0]![1];
}
