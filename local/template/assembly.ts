import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Json, JsonObject } from "./json.ts";
import { UnsupportedTemplateError } from "./unsupported-template-error.ts";

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly Condition?: string;
  readonly Metadata?: JsonObject;
}

export interface Template {
  readonly Resources?: Record<string, TemplateResource>;
  readonly Parameters?: Record<string, { readonly Type: string; readonly Default?: Json }>;
  readonly Conditions?: JsonObject;
  readonly Mappings?: JsonObject;
  readonly Outputs?: Record<
    string,
    { readonly Value: Json; readonly Export?: { readonly Name: Json }; readonly Condition?: string }
  >;
  readonly Transform?: Json;
}

export interface AssemblyStack {
  readonly name: string;
  readonly template: Template;
}

export interface Assembly {
  /** Stacks in the order in which they would be deployed. */
  readonly stacks: readonly AssemblyStack[];
  /** Absolute folder of a file asset by the hash that names its object (`<hash>.zip`). */
  readonly fileAssets: ReadonlyMap<string, string>;
  /** Absolute source folder of an image asset by its tag. */
  readonly imageAssets: ReadonlyMap<string, string>;
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly file?: string; readonly stackName?: string };
}

interface AssetManifest {
  readonly files?: Record<
    string,
    { source: { path?: string; packaging?: string }; destinations: Record<string, { objectKey: string }> }
  >;
  readonly dockerImages?: Record<
    string,
    { source: { directory?: string }; destinations: Record<string, { imageTag: string }> }
  >;
}

/**
 * Reads a cloud assembly (`manifest.json`, templates, asset manifests) as `cdk synth` writes it.
 *
 * @throws UnsupportedTemplateError where there is none, or it has nested assemblies.
 */
export function readAssembly(directory: string): Assembly {
  const manifestPath = join(directory, "manifest.json");
  if (!existsSync(manifestPath)) throw new UnsupportedTemplateError([`no cloud assembly in ${directory}`]);
  const artifacts = (readJson(manifestPath) as { artifacts?: Record<string, Artifact> }).artifacts ?? {};

  const fileAssets = new Map<string, string>();
  const imageAssets = new Map<string, string>();
  const stacks: AssemblyStack[] = [];
  for (const id of inOrderOfDependency(artifacts)) {
    const { type, properties } = artifacts[id]!;
    if (type === "aws:cloudformation:stack") {
      const template = readJson(join(directory, properties!.templateFile!)) as Template;
      stacks.push({ name: properties!.stackName ?? id, template });
    } else if (type === "cdk:asset-manifest") {
      const manifest = readJson(join(directory, properties!.file!)) as AssetManifest;
      for (const { source, destinations } of Object.values(manifest.files ?? {})) {
        if (source.path === undefined) continue;
        for (const { objectKey } of Object.values(destinations)) {
          fileAssets.set(objectKey, resolve(directory, source.path));
        }
      }
      for (const { source, destinations } of Object.values(manifest.dockerImages ?? {})) {
        if (source.directory === undefined) continue;
        for (const { imageTag } of Object.values(destinations)) {
          imageAssets.set(imageTag, resolve(directory, source.directory));
        }
      }
    } else if (type === "cdk:cloud-assembly") {
      throw new UnsupportedTemplateError([`${id}: nested assemblies (stages) are not read`]);
    }
  }
  return { stacks, fileAssets, imageAssets };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

function inOrderOfDependency(artifacts: Record<string, Artifact>): string[] {
  const ordered = new Set<string>();
  const visit = (id: string, path: readonly string[]): void => {
    if (ordered.has(id) || !artifacts[id] || path.includes(id)) return;
    for (const dependency of artifacts[id].dependencies ?? []) visit(dependency, [...path, id]);
    ordered.add(id);
  };
  for (const id of Object.keys(artifacts)) visit(id, []);
  return [...ordered];
}
