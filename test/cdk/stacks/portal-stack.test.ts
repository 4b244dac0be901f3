import { expect, test } from "vitest";
import { resourcesOf, synthesize } from "../synthesis.ts";

const { portal } = synthesize("prod");
const deployments = resourcesOf([portal], "Custom::CDKBucketDeployment");
const [[assetsId, assets], [, pages]] = deployments as [(typeof deployments)[0], (typeof deployments)[0]];

test("files with their hash in the name are kept for good, all others are asked for anew", () => {
  expect(assets.Properties).toMatchObject({
    Exclude: ["*"],
    Include: ["assets/*"],
    SystemMetadata: { "cache-control": "public, max-age=31536000, immutable" },
  });
  expect(pages.Properties).toMatchObject({ Exclude: ["assets/*"], SystemMetadata: { "cache-control": "no-cache" } });
});

test("pages come after the assets that they load, and nothing of the deployment before is removed", () => {
  expect((pages as unknown as { DependsOn: string[] }).DependsOn).toContain(assetsId);
  for (const [, { Properties }] of deployments) expect(Properties.Prune).toBe(false);
});

test("config.json tells region, user pool and client, and no secret", () => {
  const values = JSON.stringify(pages.Properties.SourceMarkers);
  expect(values).toContain("AWS::Region");
  expect(values).toContain("MembersPool");
  expect(values).toContain("MembersClient");
  expect(values.toLowerCase()).not.toContain("secret");
});
