import { WorkspaceId } from "@systemhealer/contract/ids";
import type { PostConfirmationTriggerEvent, PreTokenGenerationTriggerEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
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

  it("gets the same workspace where the event comes again", async () => {
    await handler(confirmed({ sub: "user-5" }));
    await handler(confirmed({ sub: "user-5" }));
    const [first, , second] = system.services.calls;
    expect(attributeOf(second!.input)).toEqual(attributeOf(first!.input));
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

describe("a user whose confirmation was cut short", () => {
  let system: TestSystem;
  let handler: typeof import("../../functions/events/pre-token.ts").handler;
  beforeAll(async () => {
    system = await testSystem();
    process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = system.services.url;
    vi.resetModules();
    handler = (await import("../../functions/events/pre-token.ts")).handler;
  });
  beforeEach(() => {
    system.services.calls.length = 0;
  });
  afterAll(() => system.close());

  function signingIn(attributes: Record<string, string>, groupsToOverride: string[]) {
    return {
      ...{ version: "1", region: "eu-central-1", userPoolId: "pool", userName: "new-user" },
      triggerSource: "TokenGeneration_Authentication",
      callerContext: { awsSdkVersion: "", clientId: "client" },
      request: {
        userAttributes: { "cognito:user_status": "CONFIRMED", ...attributes },
        groupConfiguration: { groupsToOverride },
      },
      response: {},
    } as unknown as PreTokenGenerationTriggerEvent;
  }

  it("is placed at the next sign-in, and the token says so at once", async () => {
    const { response } = await handler(signingIn({ sub: "user-6" }, []));
    expect(system.services.calls.map(({ action }) => action)).toEqual([
      "AdminUpdateUserAttributes",
      "AdminAddUserToGroup",
    ]);
    const { claimsToAddOrOverride, groupOverrideDetails } = response.claimsOverrideDetails!;
    const workspaceId = WorkspaceId.parse(claimsToAddOrOverride?.["custom:workspace"]);
    expect(groupOverrideDetails?.groupsToOverride).toEqual(["admin"]);
    expect(await system.workspaces.find(workspaceId)).toMatchObject({ createdBy: "user-6" });
  });

  it("keeps the workspace that was written before the role could be", async () => {
    const first = await handler(signingIn({ sub: "user-7" }, []));
    const claims = first.response.claimsOverrideDetails!.claimsToAddOrOverride!;
    const second = await handler(signingIn({ sub: "user-7", ...claims }, []));
    expect(second.response.claimsOverrideDetails?.claimsToAddOrOverride).toEqual(claims);
  });

  it("keeps a role that was lowered since, in the workspace of their own too", async () => {
    const { response } = await handler(signingIn({ sub: "user-10" }, []));
    const claims = response.claimsOverrideDetails!.claimsToAddOrOverride!;
    system.services.calls.length = 0;
    const lowered = signingIn({ sub: "user-10", ...claims }, ["viewer"]);
    expect(await handler(lowered)).toBe(lowered);
    expect(system.services.calls).toEqual([]);
  });

  it("has another workspace than whoever has the same id in another pool", async () => {
    const event = signingIn({ sub: "user-11" }, []);
    const workspaceIds = await Promise.all(
      [event, { ...event, userPoolId: "other-pool" }].map(async (each) => {
        const { response } = await handler(each);
        return response.claimsOverrideDetails!.claimsToAddOrOverride!["custom:workspace"];
      }),
    );
    expect(new Set(workspaceIds).size).toBe(2);
  });

  it("gets no role in a workspace of others", async () => {
    const placed = signingIn({ sub: "user-7", "custom:workspace": "main" }, []);
    expect(await handler(placed)).toBe(placed);
  });

  it("is the only one that anything is done for", async () => {
    const placed = signingIn({ sub: "user-8", "custom:workspace": "w-given" }, ["viewer"]);
    expect(await handler(placed)).toBe(placed);
    const unconfirmed = signingIn({ sub: "user-9", "cognito:user_status": "FORCE_CHANGE_PASSWORD" }, []);
    expect(await handler(unconfirmed)).toBe(unconfirmed);
    expect(system.services.calls).toEqual([]);
  });
});
