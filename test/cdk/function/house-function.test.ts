import { functionEnvironments, parseEnvironment, trainerEnvironment } from "@systemhealer/platform/environment";
import { describe, expect, test } from "vitest";
import { functionNames } from "../../../cdk/bundle/entries.ts";
import { settings } from "../../../cdk/constructs/access/access.ts";
import type { HouseFunctionProps } from "../../../cdk/constructs/function/house-function.ts";
import { type Resource, resourceOf, resourcesOf, synthesize } from "../synthesis.ts";

const { all, pipeline } = synthesize("prod");
const functions = resourcesOf(all, "AWS::Lambda::Function");

/** By the entry file that its role is described with. */
function functionOf(entry: string): Resource {
  const role = resourcesOf(all, "AWS::IAM::Role").find(
    ([, r]) => r.Properties.Description === `Of the function ${entry}`,
  );
  const found = functions.find(([, { Properties }]) => Properties.Role["Fn::GetAtt"][0] === role?.[0]);
  if (!found) throw new Error(`No function is made of ${entry}`);
  return found[1];
}

/** References become text of the form that they have once deployed. */
function deployed(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === "string") return [name, value];
      if (name === "USER_POOL_ID") return [name, "eu-central-1_Pool1"];
      if (name === "COGNITO_ENDPOINT") return [name, "https://cognito-idp.eu-central-1.amazonaws.com"];
      const service = name.endsWith("TOPIC_ARN") ? "sns" : "states";
      return [name, name.endsWith("_ARN") ? `arn:aws:${service}:eu-central-1:111122223333:x` : "a-name"];
    }),
  );
}

test("every entry file is one function, and there is no other but that which publishes the portal", () => {
  const others = functions.filter(([id]) => id.startsWith("CustomCDKBucketDeployment"));
  expect([functions.length - others.length, others.length]).toEqual([functionNames.length, 1]);
});

describe.each(functionNames)("%s", (entry) => {
  const { Properties } = functionOf(entry);

  test("gets the variables that its schema asks for, and no others", () => {
    const { NODE_OPTIONS, ...variables } = Properties.Environment.Variables;
    expect(NODE_OPTIONS).toBe("--enable-source-maps");
    expect(Object.keys(variables).sort()).toEqual(Object.keys(functionEnvironments[entry].shape).sort());
    expect(() => parseEnvironment(functionEnvironments[entry], deployed(variables))).not.toThrow();
  });

  test("is an arm64 ES module on Node 22, traced, with JSON logs that end", () => {
    expect(Properties).toMatchObject({
      Runtime: "nodejs22.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      TracingConfig: { Mode: "Active" },
      LoggingConfig: { LogFormat: "JSON", LogGroup: { Ref: expect.any(String) } },
    });
    const logs = resourcesOf(all, "AWS::Logs::LogGroup").find(([id]) => id === Properties.LoggingConfig.LogGroup.Ref);
    expect(logs?.[1].Properties.RetentionInDays).toBe(365);
  });
});

test("a function without one of its variables does not compile", () => {
  // @ts-expect-error: ALERT_TOPIC_ARN is missing
  const access: HouseFunctionProps<"workflow/record-run-failure">["access"] = settings({ TABLE_NAME: "table" });
  expect(access.statements).toEqual([]);
});

test("functions that open models find onnxruntime in a layer", () => {
  const withLayer = functionNames.filter((entry) => functionOf(entry).Properties.Layers?.length === 1);
  expect(withLayer).toEqual(["inference/rows", "inference/import", "inference/shard"]);
});

test("the trainer's task and its order together are what its process asks for", () => {
  const { Environment } = resourceOf(pipeline, "AWS::ECS::TaskDefinition").Properties.ContainerDefinitions[0];
  const variables = Object.fromEntries(
    Environment.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, Value]),
  );
  const order = { RUN_ID: "run", WORKSPACE_ID: "workspace" };
  expect(Object.keys({ ...variables, ...order }).sort()).toEqual(Object.keys(trainerEnvironment.shape).sort());
  expect(() => parseEnvironment(trainerEnvironment, { ...deployed(variables), ...order })).not.toThrow();
});
