import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Validations } from "aws-cdk-lib";
import { z } from "zod";
import { HouseChecks } from "./checks/house-checks.ts";
import { stageConfig } from "./config/stages.ts";
import { setStage } from "./constructs/stage/stage-scope.ts";
import { ApiStack } from "./stacks/api-stack.ts";
import { DataStack } from "./stacks/data-stack.ts";
import { EdgeStack } from "./stacks/edge-stack.ts";
import { PipelineStack } from "./stacks/pipeline-stack.ts";
import { PortalStack } from "./stacks/portal-stack.ts";

export interface AppOptions {
  /** Absolute path of the folder that holds `cdk.json` and the bundles. */
  readonly repository: string;
  /** Where the cloud assembly is written. @default what the CDK's own command says, else a temporary folder */
  readonly outdir?: string;
  /** Absolute path of the built portal. */
  readonly portal: string;
  /** Beside that of `cdk.json`; see `config/stages.ts`. */
  readonly context?: Readonly<Record<string, unknown>>;
}

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** The whole system. The bundles and the built portal must be there; nothing is read from an account. */
export function createApp({ repository, outdir, portal, context = {} }: AppOptions): App {
  const { context: flags } = CdkJson.parse(JSON.parse(readFileSync(join(repository, "cdk.json"), "utf8")));
  const app = new App({ outdir, context: { ...flags, ...context } });
  const config = stageConfig({
    stage: app.node.tryGetContext("stage"),
    portalDomain: app.node.tryGetContext("portalDomain"),
    portalCertificateArn: app.node.tryGetContext("portalCertificateArn"),
    portalHostedZoneId: app.node.tryGetContext("portalHostedZoneId"),
    portalOrigins: app.node.tryGetContext("portalOrigins"),
    alertEmail: app.node.tryGetContext("alertEmail"),
    monthlyBudgetUsd: app.node.tryGetContext("monthlyBudgetUsd"),
  });
  setStage(app, config, repository);

  const name = (part: string) => `systemhealer-${config.name}-${part}`;
  const tags = { project: "systemhealer", stage: config.name };
  const terminationProtection = config.keepData;
  const edge = new EdgeStack(app, name("edge"), { tags, description: "SystemHealer: addresses" });
  const data = new DataStack(app, name("data"), {
    tags,
    terminationProtection,
    description: "SystemHealer: data",
    edge,
  });
  const pipeline = new PipelineStack(app, name("pipeline"), { tags, description: "SystemHealer: workflows", data });
  const api = new ApiStack(app, name("api"), { tags, description: "SystemHealer: HTTP API", edge, data, pipeline });
  new PortalStack(app, name("portal"), { tags, description: "SystemHealer: pages", edge, data, api, folder: portal });

  Validations.of(app).addPlugins(new HouseChecks(app));
  return app;
}
