import { WorkspaceId } from "@systemhealer/contract/ids";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestSystem, testSystem } from "./fixtures/test-system.ts";

describe("a user who has signed up", () => {
  let system: TestSystem;
  let handler: typeof import("../../functions/events/post-confirmation.ts").handler;
  beforeAll(async () => {
    system = await testSystem();
    process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = system.services.url;
    handler = (await import("../../functions/events/post-confirmation.ts")).handler;
  });
  beforeEach(() => {
    system.services.calls.length = 0;
  });
  afterAll(() => system.close());

  function confirmed(userAttributes: Record<string, string>, triggerSource = "PostConfirmation_ConfirmSignUp") {
    return {
      ...{ version: "1", region: "eu-central-1", userPoolId: "pool", userName: "new-user", triggerSource },
      callerContext: { awsSdkVersion: "", clientId: "client" },
      request: { userAttributes },
      response: {},
    } as PostConfirmationTriggerEvent;
  }

  const attributeOf = (input: object) =>
    (input as { UserAttributes: { Name: string; Value: string }[] }).UserAttributes[0];

  it("gets a workspace of their own and administers it", async () => {
    const event = confirmed({ sub: "user-2" });
    expect(await handler(event)).toBe(event);
    const [update, add] = system.services.calls;
    expect([update?.action, add?.action]).toEqual(["AdminUpdateUserAttributes", "AdminAddUserToGroup"]);
    expect(add?.input).toEqual({ UserPoolId: "pool", Username: "new-user", GroupName: "admin" });
    const attribute = attributeOf(update!.input);
    expect(attribute?.Name).toBe("custom:workspace");
    expect(WorkspaceId.parse(attribute?.Value)).toMatch(/^w-.{10}$/);
    expect(await system.workspaces.find(attribute!.Value)).toMatchObject({ createdBy: "user-2" });
  });

  it("keeps the workspace they were given before", async () => {
    await handler(confirmed({ sub: "user-3", "custom:workspace": "w-given" }));
    expect(attributeOf(system.services.calls[0]!.input)).toMatchObject({ Value: "w-given" });
  });

  it("is left alone when they only forgot their password", async () => {
    await handler(confirmed({ sub: "user-4" }, "PostConfirmation_ConfirmForgotPassword"));
    expect(system.services.calls).toEqual([]);
  });
});
