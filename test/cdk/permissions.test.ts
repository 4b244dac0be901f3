import { describe, expect, test } from "vitest";
import { resourcesOf, synthesize } from "./synthesis.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const { all } = synthesize("prod");
const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

const statements = resourcesOf(all, "AWS::IAM::Policy").flatMap(([id, { Properties }]) =>
  (Properties.PolicyDocument.Statement as readonly Statement[]).flatMap((statement) =>
    (Properties.Roles as readonly { Ref: string }[]).map((role) => ({
      role: role.Ref,
      id,
      actions: list(statement.Action),
      resources: list(statement.Resource).map((resource) => JSON.stringify(resource)),
      effect: statement.Effect,
    })),
  ),
);

/** What a role may do in the data bucket: action to areas. */
function bucketUse(role: RegExp): Record<string, string[]> {
  const use: Record<string, string[]> = {};
  for (const { actions, resources } of statements.filter((statement) => role.test(statement.role))) {
    for (const action of actions.filter((name) => name.startsWith("s3:") && !name.startsWith("s3:ListBucket"))) {
      use[action] = resources.map((resource) => /"\/([^"]+)"/.exec(resource)![1]!).sort();
    }
  }
  return use;
}

function tableUse(role: RegExp): string[] {
  return statements
    .filter((statement) => role.test(statement.role))
    .flatMap(({ actions }) => actions.filter((name) => name.startsWith("dynamodb:")))
    .sort();
}

test("no action is a wildcard", () => {
  for (const { id, actions } of statements) for (const action of actions) expect(`${id} ${action}`).not.toContain("*");
});

test("only actions that know no narrower resource are allowed on all resources", () => {
  const onEverything = new Set(
    statements.filter(({ resources }) => resources.includes('"*"')).flatMap((s) => s.actions),
  );
  const permitted =
    /^(xray:|logs:(\w+LogDeliver(y|ies)|Describe\w+|PutResourcePolicy)$|ecr:GetAuthorizationToken$|ecs:(DescribeTasks|StopTask)$)/;
  expect([...onEverything].filter((action) => !permitted.test(action))).toEqual([]);
});

test("no role carries a policy that AWS manages", () => {
  for (const [, { Properties }] of resourcesOf(all, "AWS::IAM::Role")) {
    expect(Properties.ManagedPolicyArns ?? []).toEqual([]);
  }
});

test("every function has a role of its own", () => {
  const roles = resourcesOf(all, "AWS::Lambda::Function").map(([, { Properties }]) => Properties.Role["Fn::GetAtt"][0]);
  expect(new Set(roles).size).toBe(roles.length);
});

describe("data bucket", () => {
  test("only the function that copies a drop reads drops", () => {
    const reading = statements.filter(({ resources }) => resources.some((resource) => resource.includes("/drops/*")));
    expect(reading.map(({ role }) => role)).toEqual([expect.stringMatching(/^ArrivalsObjectCreatedRole/)]);
  });

  test("who learns of an arrival takes it in, or away where its data set is gone", () => {
    expect(bucketUse(/^ArrivalsObjectCreatedRole/)).toEqual({
      "s3:GetObject": ["drops/*", "uploads/*"],
      "s3:PutObject": ["uploads/*"],
      "s3:AbortMultipartUpload": ["uploads/*"],
      "s3:DeleteObject": ["uploads/*"],
    });
  });

  test("the API signs addresses for uploads and imports, and restores what a run left behind", () => {
    expect(bucketUse(/^OperationsRole/)).toMatchObject({
      "s3:PutObject": ["imports/*", "runs/*", "uploads/*"],
      "s3:GetObjectVersion": ["runs/*"],
      "s3:AbortMultipartUpload": ["imports/*", "runs/*", "uploads/*"],
      "s3:ListMultipartUploadParts": ["uploads/*"],
      "s3:GetObject": ["datasets/*", "runs/*", "uploads/*"],
    });
  });

  test("one-row inference reads models and writes nothing", () => {
    expect(bucketUse(/^InferenceRole/)).toEqual({ "s3:GetObject": ["runs/*"], "s3:GetObjectVersion": ["runs/*"] });
  });

  test("who opens a model file from elsewhere reads nothing but such files", () => {
    expect(bucketUse(/^ImportRole/)).toEqual({
      "s3:GetObject": ["imports/*"],
      "s3:PutObject": ["runs/*"],
      "s3:AbortMultipartUpload": ["runs/*"],
      "s3:DeleteObject": ["imports/*"],
    });
    expect(tableUse(/^ImportRole/)).toEqual(["dynamodb:GetItem", "dynamodb:PutItem"]);
  });

  test("the trainer reads data sets and model files, writes runs, and takes away what it wrote", () => {
    expect(bucketUse(/^TrainerTaskTaskRole/)).toEqual({
      "s3:GetObject": ["datasets/*", "runs/*/model.onnx", "uploads/*"],
      "s3:GetObjectVersion": ["runs/*/model.onnx"],
      "s3:PutObject": ["runs/*"],
      "s3:AbortMultipartUpload": ["runs/*"],
      "s3:DeleteObject": ["runs/*"],
    });
  });

  test("a shard writes its own results only", () => {
    expect(bucketUse(/^StepsDiagnoseShardRole/)["s3:PutObject"]).toEqual(["shards/*"]);
  });

  test("what a run left behind is taken away by those who end it, and with its model", () => {
    const deleting = statements.filter(
      ({ actions, resources }) =>
        actions.includes("s3:DeleteObject") && resources.some((resource) => resource.includes("/runs/*")),
    );
    expect(deleting.map(({ role }) => role.replace(/Role.*$/, "")).sort()).toEqual([
      ...["Operations", "StepsMergeResults", "StepsRecordRunFailure", "StepsRegisterModel", "SweeperSweep"],
      "TrainerTaskTask",
    ]);
  });

  test("former versions are deleted by nobody but the bucket's own rule", () => {
    expect(statements.filter(({ actions }) => actions.includes("s3:DeleteObjectVersion"))).toEqual([]);
  });

  test("validation writes what it derives", () => {
    expect(bucketUse(/^StepsValidateDatasetRole/)["s3:PutObject"]).toEqual(["datasets/*"]);
  });
});

describe("table", () => {
  test("one-row inference reads only", () => {
    expect(tableUse(/^InferenceRole/)).toEqual(["dynamodb:GetItem"]);
  });

  test("diagnoses delete nothing", () => {
    for (const role of [/^StepsPlanDiagnosisRole/, /^StepsDiagnoseShardRole/, /^StepsMergeResultsRole/]) {
      expect(tableUse(role)).toEqual(["dynamodb:GetItem", "dynamodb:UpdateItem"]);
    }
  });

  test("only the API, who counts a drop and who starts what waits for a file look through a workspace, and only the sweeper through what is under way", () => {
    const querying = statements.filter(({ actions }) => actions.includes("dynamodb:Query"));
    const used = querying.flatMap(({ role, resources }) =>
      resources.map((resource) => [
        role.replace(/Role[0-9A-F]{8}$/, ""),
        /index\/[a-z-]+/.exec(resource)?.[0] ?? "table",
      ]),
    );
    expect(used.sort()).toEqual([
      ["ArrivalsObjectCreated", "table"],
      ["Operations", "index/by-status"],
      ["Operations", "table"],
      ["StartFollowUp", "index/by-status"],
      ["SweeperSweep", "index/active"],
    ]);
  });
});

test("only the functions that welcome members may change them", () => {
  const touching = statements
    .filter(({ role }) => /^Members/.test(role))
    .filter(({ actions }) => actions.some((action) => action.startsWith("cognito-idp:")));
  expect(touching.map(({ role }) => role.replace(/Role.*$/, ""))).toEqual([
    "MembersPostConfirmation",
    "MembersPreToken",
  ]);
  for (const { actions } of touching) {
    expect(actions).toEqual(["cognito-idp:AdminAddUserToGroup", "cognito-idp:AdminUpdateUserAttributes"]);
  }
});

test("only the API administers members, in the one pool", () => {
  const administering = statements.filter(
    ({ role, actions }) => !/^Members/.test(role) && actions.some((action) => action.startsWith("cognito-idp:")),
  );
  expect(administering.map(({ role, actions }) => [role.replace(/Role.*$/, ""), actions])).toEqual([
    [
      "Operations",
      ["AddUserToGroup", "CreateUser", "DeleteUser", "GetUser", "RemoveUserFromGroup"].map(
        (name) => `cognito-idp:Admin${name}`,
      ),
    ],
  ]);
  expect(administering.flatMap(({ resources }) => resources)).not.toContain('"*"');
});

test("arrivals and the sweeper start a check of a file, and nobody else", () => {
  const starting = statements.filter(
    ({ actions, resources }) =>
      actions.includes("states:StartExecution") && resources.some((resource) => resource.includes("IngestMachine")),
  );
  expect(starting.map(({ role }) => role.replace(/Role.*$/, "")).sort()).toEqual([
    "ArrivalsObjectCreated",
    "SweeperSweep",
  ]);
});
