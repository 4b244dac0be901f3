import { join } from "node:path";
import { App, Stack, Validations } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, test } from "vitest";
import { createApp } from "../../cdk/app.ts";
import { acknowledgements, isAcknowledged } from "../../cdk/checks/acknowledgements.ts";
import { HouseChecks } from "../../cdk/checks/house-checks.ts";
import {
  placeholderPortal,
  resourcesOf,
  type StageName,
  synthesize,
  synthesizeAgain,
  withPlaceholderBundles,
} from "./synthesis.ts";

const stages: readonly StageName[] = ["dev", "prod", "local"];

test("two syntheses give the same templates", () => {
  const [first, second] = [synthesize("dev"), synthesizeAgain("dev")];
  expect(second.all.map((template) => template.toJSON())).toEqual(first.all.map((template) => template.toJSON()));
});

test("local has the resources of dev: only values differ", () => {
  const shape = (stage: StageName) =>
    synthesize(stage).all.map((t) => resourcesOf([t], "AWS::Lambda::Function").length);
  expect(shape("local")).toEqual(shape("dev"));
  const types = (stage: StageName) =>
    synthesize(stage).all.map((t) =>
      Object.values(t.toJSON().Resources as Record<string, { Type: string }>)
        .map(({ Type }) => Type)
        .sort(),
    );
  expect(types("local")).toEqual(types("dev"));
});

test("nothing but the portal's files is deployed by a function of the tool itself", () => {
  for (const stage of stages) {
    const { portal, all } = synthesize(stage);
    const custom = (template: typeof portal) =>
      Object.values(template.toJSON().Resources as Record<string, { Type: string }>)
        .map(({ Type }) => Type)
        .filter((type) => type.startsWith("Custom::") || type.includes("CustomResource"));
    for (const template of all) expect(custom(template).length > 0).toBe(template === portal);
    expect(new Set(custom(portal))).toEqual(new Set(["Custom::CDKBucketDeployment"]));
  }
});

describe("checks", () => {
  test("a fault that no acknowledgement covers fails the synthesis", () => {
    withPlaceholderBundles((folder) => {
      const app = new App({ outdir: join(folder, "cdk.out") });
      new Bucket(new Stack(app, "stack"), "Open");
      Validations.of(app).addPlugins(new HouseChecks(app));
      expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
    });
  });

  test("every acknowledgement is needed in some stage", () => {
    const findings = stages.flatMap((stage) =>
      withPlaceholderBundles((repository) => {
        const app = createApp({
          repository,
          portal: placeholderPortal(repository),
          outdir: join(repository, "cdk.out"),
          context: { stage },
        });
        const { violations } = new AwsSolutionsChecks(app).validateScope(app);
        return violations.flatMap(({ ruleName, violatingResources }) =>
          violatingResources.map(({ constructPath = "" }) => ({ ruleName, constructPath })),
        );
      }),
    );
    const unused = acknowledgements.filter(
      (entry) => !findings.some(({ ruleName, constructPath }) => isAcknowledged(ruleName, constructPath, entry)),
    );
    expect(unused.map(({ rule, path }) => `${rule} ${path}`)).toEqual([]);
  });

  test("every acknowledgement says why", () => {
    for (const { reason } of acknowledgements) expect(reason.length).toBeGreaterThan(30);
  });
});
