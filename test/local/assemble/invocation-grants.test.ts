import { expect, test } from "vitest";
import { mayInvoke } from "../../../local/assemble/invocation-grants.ts";
import type { Application } from "../../../local/template/application.ts";
import type { Resource } from "../../../local/template/resource.ts";

const arn = "arn:aws:lambda:us-east-1:000000000000:function:sweep";

function application(properties: Resource["properties"]): Application {
  const permission = {
    stack: "s",
    logicalId: "p",
    type: "AWS::Lambda::Permission",
    ref: "",
    attributes: {},
    properties,
  };
  return { ofType: () => [permission] } as unknown as Application;
}

test("a service may invoke a function only where a permission says so, for that source", () => {
  const granted = application({
    FunctionName: arn,
    Principal: "events.amazonaws.com",
    SourceArn: "arn:aws:events:us-east-1:000000000000:rule/every-*",
  });
  const rule = (name: string) => `arn:aws:events:us-east-1:000000000000:rule/${name}`;
  expect(mayInvoke(granted, arn, "events.amazonaws.com", rule("every-minute"))).toBe(true);
  expect(mayInvoke(granted, arn, "events.amazonaws.com", rule("other"))).toBe(false);
  expect(mayInvoke(granted, arn, "apigateway.amazonaws.com", rule("every-minute"))).toBe(false);
  expect(mayInvoke(granted, `${arn}-2`, "events.amazonaws.com", rule("every-minute"))).toBe(false);
});
