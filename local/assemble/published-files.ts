import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import type { PublishedFile, PublishedFiles } from "../gateway/published-file.ts";
import type { Application } from "../template/application.ts";
import { listOf, objectOf, stringsOf, textOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import { nameOf } from "./surroundings.ts";

const honoured = new Set([
  "DestinationBucketName",
  "Exclude",
  "Include",
  "ServiceToken",
  "SourceBucketNames",
  "SourceMarkers",
  "SourceMarkersConfig",
  "SourceObjectKeys",
  "SystemMetadata",
]);
/** Nothing lies there that could be removed, no copies are kept, and nobody asks for the keys. */
const withoutEffect = new Set(["OutputObjectKeys", "Prune", "WaitForDistributionInvalidation"]);

/**
 * What the template's bucket deployments put into a bucket, read where the cloud assembly holds it.
 *
 * @throws UnsupportedTemplateError for a deployment that asks for more.
 */
export function publishedFiles(application: Application, bucketName: string): PublishedFiles {
  const files = new Map<string, PublishedFile>();
  for (const resource of application.ofType("Custom::CDKBucketDeployment")) {
    if (textOf(resource.properties.DestinationBucketName) !== bucketName) continue;
    const refuse = (what: string) =>
      new UnsupportedTemplateError([`${nameOf(resource)}: ${what} is not honoured here`]);
    for (const property of Object.keys(resource.properties)) {
      if (!honoured.has(property) && !withoutEffect.has(property)) throw refuse(`property ${property}`);
    }
    const { "cache-control": cacheControl, ...others } = objectOf(resource.properties.SystemMetadata);
    if (Object.keys(others).length > 0) throw refuse(`metadata ${Object.keys(others)}`);
    for (const [index, objectKey] of stringsOf(resource.properties.SourceObjectKeys).entries()) {
      const folder = application.assembly.fileAssets.get(objectKey);
      if (folder === undefined) throw refuse(`a source that is no asset of the assembly (${objectKey})`);
      const marks = marksOf(resource, index);
      for (const key of keysIn(folder)) {
        if (!isCopied(key, resource)) continue;
        files.set(key, {
          path: join(folder, ...key.split("/")),
          marks,
          ...(cacheControl !== undefined && { cacheControl: String(cacheControl) }),
        });
      }
    }
  }
  return files;
}

function marksOf({ properties }: Resource, index: number): Map<string, string> {
  const marks = objectOf(listOf(properties.SourceMarkers)[index]);
  const inJson = String(objectOf(listOf(properties.SourceMarkersConfig)[index]).jsonEscape) === "true";
  const write = (value: string) => (inJson ? JSON.stringify(value).slice(1, -1) : value);
  return new Map(Object.entries(marks).map(([mark, value]) => [mark, write(String(value))]));
}

function keysIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join("/"),
    )
    .sort();
}

/** As `aws s3 sync` decides: exclusions, then inclusions, of which the last that fits counts. */
function isCopied(key: string, { properties }: Resource): boolean {
  const fits = (pattern: string) => wildcards(pattern).test(key);
  return stringsOf(properties.Include).some(fits) || !stringsOf(properties.Exclude).some(fits);
}

/** A pattern in which `*` stands for any text and `?` for one character. */
export function wildcards(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
