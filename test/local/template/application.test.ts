import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadRoles } from "../../../local/access/roles.ts";
import { loadApplication } from "../../../local/template/application.ts";
import type { Template } from "../../../local/template/assembly.ts";
import { UnsupportedTemplateError } from "../../../local/template/unsupported-template-error.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Writes a cloud assembly; each stack depends on those before it. */
function assembly(stacks: Record<string, Template>): string {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const names = Object.keys(stacks);
  const artifacts = Object.fromEntries(
    names.toReversed().map((name) => [
      name,
      {
        type: "aws:cloudformation:stack",
        dependencies: names.slice(0, names.indexOf(name)),
        properties: { templateFile: `${name}.json` },
      },
    ]),
  );
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ artifacts }));
  for (const [name, template] of Object.entries(stacks)) {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(template));
  }
  return folder;
}

function load(stacks: Record<string, Template>) {
  return loadApplication(assembly(stacks), "http://127.0.0.1:4400");
}

function problemsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof UnsupportedTemplateError) return error.problems;
    throw error;
  }
  return [];
}

const table = {
  Type: "AWS::DynamoDB::Table",
  Properties: {
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
  },
};

test("one stack uses what another exports, under names that are the same each time", () => {
  const stacks: Record<string, Template> = {
    data: {
      Parameters: { Name: { Type: "String", Default: "alerts" } },
      Resources: { Table: table },
      Outputs: {
        ExportsOutputTable: { Value: { "Fn::GetAtt": ["Table", "Arn"] }, Export: { Name: "data:Table" } },
        TableName: { Value: { Ref: "Table" } },
      },
    },
    pipeline: {
      Parameters: { Name: { Type: "String", Default: "alerts" } },
      Resources: {
        Topic: {
          Type: "AWS::SNS::Topic",
          Properties: { TopicName: { Ref: "Name" }, DisplayName: { "Fn::ImportValue": "data:Table" } },
        },
      },
    },
  };
  const first = load(stacks);
  expect(first.outputs).toEqual({ TableName: "data-Table" });
  expect(first.ofType("AWS::SNS::Topic")[0]).toMatchObject({
    ref: "arn:aws:sns:us-east-1:000000000000:alerts",
    properties: { DisplayName: "arn:aws:dynamodb:us-east-1:000000000000:table/data-Table" },
  });
  expect(load(stacks).resources).toEqual(first.resources);
});

test("a resource whose condition does not hold is not there", () => {
  const application = load({
    data: {
      Conditions: { Prod: { "Fn::Equals": [{ Ref: "AWS::Region" }, "eu-west-1"] } },
      Resources: { Table: { ...table, Condition: "Prod" } },
    },
  });
  expect(application.resources).toEqual([]);
});

test("everything that cannot be honoured is listed at once, by type, name and property", () => {
  const problems = problemsOf(() =>
    load({
      data: {
        Resources: {
          Cache: { Type: "AWS::ElastiCache::CacheCluster" },
          Table: {
            ...table,
            Properties: { ...table.Properties, StreamSpecification: { StreamViewType: "NEW_IMAGE" } },
          },
          Old: { Type: "AWS::Lambda::Function", Properties: { Runtime: "python3.13" } },
          Express: { Type: "AWS::StepFunctions::StateMachine", Properties: { StateMachineType: "EXPRESS" } },
          Rest: { Type: "AWS::SNS::Topic", Properties: { TopicName: { "Fn::GetAtt": ["Cache", "Nothing"] } } },
        },
      },
    }),
  );
  expect(problems.join("\n")).toContain(
    "AWS::ElastiCache::CacheCluster data/Cache: this type of resource is not known",
  );
  expect(problems.join("\n")).toContain("data/Table: property StreamSpecification is not honoured");
  expect(problems.join("\n")).toContain("data/Old: property Runtime is python3.13");
  expect(problems.join("\n")).toContain("data/Express: property StateMachineType is EXPRESS");
  expect(problems.join("\n")).toContain("data/Rest: no attribute Nothing of Cache");
});

test("a policy that could not be evaluated is refused", () => {
  const role = (statement: object) => ({
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: {},
      Policies: [{ PolicyName: "p", PolicyDocument: { Version: "2012-10-17", Statement: [statement] } }],
    },
  });
  const conditional = {
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: "*",
    Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
  };
  const application = load({ data: { Resources: { Role: role(conditional) } as never } });
  expect(problemsOf(() => loadRoles(application)).join()).toContain("data/Role");
});

test("a folder without an assembly is refused by name", () => {
  const folder = temporaryFolder();
  expect(() => loadApplication(folder, "")).toThrow(folder);
});
