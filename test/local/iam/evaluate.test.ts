import { describe, expect, test } from "vitest";
import { type AccessRequest, evaluate } from "../../../local/iam/evaluate.ts";
import { loadPolicy } from "../../../local/iam/load-policy.ts";
import { administratorPolicy } from "../../../local/iam/policy.ts";

const get: AccessRequest = { action: "s3:GetObject", resource: "arn:aws:s3:::data/runs/1/a.json" };
const allow = { Effect: "Allow", Action: "*", Resource: "*" };

function decide(statements: object | readonly object[], request: Partial<AccessRequest> = {}) {
  return evaluate([loadPolicy({ Version: "2012-10-17", Statement: statements })], { ...get, ...request });
}

describe("decisions", () => {
  test("nothing is allowed unless it is said", () => {
    expect(evaluate([], get)).toBe("implicit-deny");
    expect(decide({ ...allow, Action: "s3:PutObject" })).toBe("implicit-deny");
    expect(decide(allow)).toBe("allow");
    expect(evaluate([administratorPolicy], get)).toBe("allow");
  });

  test("a deny wins wherever it stands", () => {
    const deny = { Effect: "Deny", Action: "s3:Get*", Resource: "*" };
    expect(decide([allow, deny])).toBe("explicit-deny");
    expect(decide([deny, allow])).toBe("explicit-deny");
    expect(decide([allow, deny], { action: "s3:PutObject" })).toBe("allow");
  });
});

describe("actions and resources", () => {
  test.each([
    ["s3:GetObject", true],
    ["s3:getobject", true],
    ["s3:Get*", true],
    ["S3:*", true],
    ["s3:GetObjec?", true],
    ["s3:GetObject?", false],
    ["s3:Get", false],
    ["sns:*", false],
  ])("action %s", (Action, matches) => {
    expect(decide({ ...allow, Action })).toBe(matches ? "allow" : "implicit-deny");
    expect(decide({ Effect: "Allow", NotAction: Action, Resource: "*" })).toBe(matches ? "implicit-deny" : "allow");
  });

  test.each([
    ["arn:aws:s3:::data/*", true],
    ["arn:aws:s3:::data/runs/?/*.json", true],
    ["arn:aws:s3:::data", false],
    ["arn:aws:s3:::data/RUNS/*", false],
    ["arn:aws:s3:::data/runs/1/a+json", false],
  ])("resource %s", (Resource, matches) => {
    expect(decide({ ...allow, Resource: ["arn:aws:s3:::other", Resource] })).toBe(matches ? "allow" : "implicit-deny");
    expect(decide({ Effect: "Allow", Action: "*", NotResource: [Resource] })).toBe(matches ? "implicit-deny" : "allow");
  });
});

describe("conditions", () => {
  const when = (Condition: object, context: AccessRequest["context"] = {}) =>
    decide({ ...allow, Condition }, { context }) === "allow";

  test("loopback counts as secure", () => {
    expect(when({ Bool: { "aws:SecureTransport": "false" } })).toBe(false);
    expect(when({ Bool: { "aws:SecureTransport": true } })).toBe(true);
  });

  test("all conditions must hold, one value of each is enough, keys have no case", () => {
    const condition = { StringLike: { "s3:prefix": ["a/*", "b/*"] }, StringEquals: { "s3:delimiter": "/" } };
    expect(when(condition, { "S3:Prefix": "b/c", "s3:delimiter": "/" })).toBe(true);
    expect(when(condition, { "s3:prefix": "b/c", "s3:delimiter": "-" })).toBe(false);
    expect(when(condition, { "s3:prefix": "c/c", "s3:delimiter": "/" })).toBe(false);
  });

  test("an absent key matches no positive operator, and every negative or IfExists one", () => {
    expect(when({ StringEquals: { "s3:prefix": "" } })).toBe(false);
    expect(when({ StringNotEquals: { "s3:prefix": "" } })).toBe(true);
    expect(when({ StringEqualsIfExists: { "s3:prefix": "x" } })).toBe(true);
    expect(when({ Null: { "s3:prefix": "true" } })).toBe(true);
    expect(when({ Null: { "s3:prefix": "false" } }, { "s3:prefix": "x" })).toBe(true);
  });

  test("negative operators hold when no value matches", () => {
    const condition = { StringNotLike: { "s3:prefix": ["a*", "b*"] } };
    expect(when(condition, { "s3:prefix": "c" })).toBe(true);
    expect(when(condition, { "s3:prefix": "b" })).toBe(false);
  });

  test("keys of many values", () => {
    const keys = (values: string[]) => ({ "dynamodb:LeadingKeys": values });
    const every = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["a", "b"] } };
    const any = { "ForAnyValue:StringEquals": { "dynamodb:LeadingKeys": ["a"] } };
    expect([when(every, keys(["a", "b"])), when(every, keys(["a", "c"]))]).toEqual([true, false]);
    expect([when(any, keys(["a", "c"])), when(any, keys(["c"]))]).toEqual([true, false]);
  });

  test("ARNs and numbers", () => {
    expect(
      when({ ArnLike: { "ecs:cluster": "arn:aws:ecs:*:*:cluster/c" } }, { "ecs:cluster": "arn:aws:ecs:r:1:cluster/c" }),
    ).toBe(true);
    expect(when({ NumericLessThanEquals: { "s3:max-keys": "10" } }, { "s3:max-keys": "10" })).toBe(true);
    expect(when({ NumericLessThan: { "s3:max-keys": 10 } }, { "s3:max-keys": "10" })).toBe(false);
  });
});

describe("bucket policies", () => {
  const role = "arn:aws:iam::000000000000:role/reader";
  const decideFor = (Principal: unknown, principalArn: string | undefined) =>
    evaluate([loadPolicy({ Statement: [{ ...allow, Principal }] }, { resourcePolicy: true })], {
      ...get,
      ...(principalArn === undefined ? {} : { principalArn }),
    });

  test("speak of the principals they name", () => {
    expect(decideFor("*", role)).toBe("allow");
    expect(decideFor({ AWS: "*" }, role)).toBe("allow");
    expect(decideFor({ AWS: role }, role)).toBe("allow");
    expect(decideFor({ AWS: [`${role}2`] }, role)).toBe("implicit-deny");
    expect(decideFor({ AWS: "arn:aws:iam::000000000000:root" }, role)).toBe("allow");
    expect(decideFor({ AWS: "111111111111" }, role)).toBe("implicit-deny");
    expect(decideFor({ Service: "logging.s3.amazonaws.com" }, role)).toBe("implicit-deny");
  });
});

describe("a policy that could not be honoured is refused while it is loaded", () => {
  test.each([
    ["an unknown operator", { ...allow, Condition: { DateGreaterThan: { "aws:SourceIp": "x" } } }],
    ["an unknown key", { ...allow, Condition: { StringEquals: { "aws:MultiFactorAuthPresent": "true" } } }],
    ["a policy variable", { ...allow, Resource: "arn:aws:s3:::data/$" + "{aws:username}/*" }],
    ["an unresolved intrinsic", { ...allow, Resource: { Ref: "Bucket" } }],
    ["an unknown element", { ...allow, Resources: "*" }],
    ["an unknown effect", { ...allow, Effect: "allow" }],
    ["no resource", { Effect: "Allow", Action: "*" }],
    ["both action and its negation", { ...allow, NotAction: "*" }],
    ["a principal in an identity policy", { ...allow, Principal: "*" }],
  ])("%s", (_, statement) => {
    expect(() => decide(statement)).toThrow(expect.objectContaining({ name: "PolicyError" }));
  });

  test("no principal in a bucket policy, or one of an unknown kind", () => {
    for (const statement of [allow, { ...allow, Principal: { Federated: "x" } }]) {
      expect(() => loadPolicy({ Statement: statement }, { resourcePolicy: true })).toThrow(/principal/i);
    }
  });
});
