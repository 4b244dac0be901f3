import { defaultLimits } from "@systemhealer/contract/limits";
import { EnvironmentError, functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { expect, test } from "vitest";

const complete = {
  TABLE_NAME: "table",
  BUCKET_NAME: "bucket",
  LIMITS: JSON.stringify(defaultLimits),
  ALERT_TOPIC_ARN: "arn:aws:sns:eu-central-1:123456789012:alerts",
  HEARTBEAT_SECONDS: "60",
};
const schema = functionEnvironments["workflow/validate-dataset"];

test("a complete environment comes out typed", () => {
  expect(parseEnvironment(schema, { ...complete, PATH: "/bin" })).toEqual({
    TABLE_NAME: "table",
    BUCKET_NAME: "bucket",
    LIMITS: defaultLimits,
    ALERT_TOPIC_ARN: complete.ALERT_TOPIC_ARN,
    HEARTBEAT_SECONDS: 60,
  });
});

test("every fault is named at once, and no value is repeated", () => {
  const broken = { BUCKET_NAME: "bucket", LIMITS: '{"maxRows": "many-secrets"}', HEARTBEAT_SECONDS: "soon" };
  const parse = () => parseEnvironment(schema, broken);
  expect(parse).toThrow(EnvironmentError);
  expect(parse).toThrow(/TABLE_NAME is not set/);
  expect(parse).toThrow(/LIMITS maxFileBytes/);
  expect(parse).toThrow(/HEARTBEAT_SECONDS not a whole number of seconds/);
  expect(parse).not.toThrow(/many-secrets|soon/);
});

test("limits that are not JSON are a fault of LIMITS", () => {
  expect(() => parseEnvironment(schema, { ...complete, LIMITS: "{" })).toThrow("LIMITS not JSON");
});

test("an ARN must be of the right service", () => {
  expect(() =>
    parseEnvironment(functionEnvironments["workflow/record-run-failure"], {
      TABLE_NAME: "table",
      ALERT_TOPIC_ARN: "arn:aws:states:eu-west-1:111122223333:stateMachine:x",
    }),
  ).toThrow("ALERT_TOPIC_ARN not an ARN of sns");
});
