import { AdminGetUserCommand, SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import type { TriggerEvent } from "../../../local/cognito/triggers.ts";
import { attributeOf, call } from "./fixtures/calls.ts";
import { clientId, poolId } from "./fixtures/definition.ts";
import { type PoolServer, type PoolServerOptions, startPoolServer } from "./fixtures/pool-server.ts";
import { SrpClient } from "./fixtures/srp-client.ts";

const password = "Correct horse 1";
const Username = "ada@example.org";
const arn = "arn:aws:lambda:eu-central-1:000000000000:function:trigger";

function withTriggers(invokeTrigger: PoolServerOptions["invokeTrigger"], LambdaConfig: Record<string, string>) {
  return startPoolServer({ pool: { LambdaConfig }, triggerTimeoutMs: 50, ...(invokeTrigger ? { invokeTrigger } : {}) });
}

function signUp(server: PoolServer) {
  return server.sdk.send(
    new SignUpCommand({
      ClientId: clientId,
      Username,
      Password: password,
      ValidationData: [{ Name: "invite", Value: "yes" }],
      ClientMetadata: { from: "portal" },
    }),
  );
}

function confirm(server: PoolServer) {
  const ConfirmationCode = server.lastSecret(Username);
  return call(server, "ConfirmSignUp", { ClientId: clientId, Username, ConfirmationCode });
}

describe("The post-confirmation trigger", () => {
  it("may administer the user it was called for", async () => {
    let server: PoolServer | undefined;
    const invoke = async (_: string, event: TriggerEvent) => {
      const caller = { principal: "post-confirmation" };
      const about = { UserPoolId: event.userPoolId, Username: event.userName };
      const UserAttributes = [{ Name: "custom:workspace", Value: "w-abcdefghij" }];
      await server?.pool.handle("AdminUpdateUserAttributes", { ...about, UserAttributes }, caller);
      await server?.pool.handle("AdminAddUserToGroup", { ...about, GroupName: "admin" }, caller);
      return event;
    };
    await using started = await withTriggers(invoke, { PostConfirmation: arn });
    server = started;
    await signUp(started);
    expect((await confirm(started)).status).toBe(200);
    const found = await started.sdk.send(new AdminGetUserCommand({ UserPoolId: poolId, Username }));
    expect(attributeOf(found.UserAttributes, "custom:workspace")).toBe("w-abcdefghij");
    expect(found.UserStatus).toBe("CONFIRMED");
  });

  it("fails the call and leaves the user confirmed", async () => {
    const invoke = () => Promise.reject(new Error("The table is not there"));
    await using server = await withTriggers(invoke, { PostConfirmation: arn });
    await signUp(server);
    const first = await confirm(server);
    expect(first.body).toEqual({
      __type: "UserLambdaValidationException",
      message: "PostConfirmation failed with error The table is not there.",
    });
    expect((await confirm(server)).body.message).toBe("User cannot be confirmed. Current status is CONFIRMED");
    await new SrpClient(server.sdk).signIn(Username, password);
  });

  it("is tried three times when it stays silent", async () => {
    let calls = 0;
    const invoke = () => {
      calls += 1;
      return new Promise(() => undefined);
    };
    await using server = await withTriggers(invoke, { PostConfirmation: arn });
    await signUp(server);
    expect((await confirm(server)).body).toMatchObject({ __type: "UnexpectedLambdaException" });
    expect(calls).toBe(3);
  });

  it.each([undefined, "text", {}, { response: null }])("must give the event back, not %j", async (answer) => {
    await using server = await withTriggers(async () => answer, { PostConfirmation: arn });
    await signUp(server);
    expect((await confirm(server)).body).toMatchObject({ __type: "InvalidLambdaResponseException" });
  });

  it("is not invoked where the template names none", async () => {
    await using server = await withTriggers(() => Promise.reject(new Error("invoked")), {});
    await signUp(server);
    expect((await confirm(server)).status).toBe(200);
  });
});

describe("The pre-sign-up trigger", () => {
  it("sees the attributes, validation data and metadata, and may confirm at once", async () => {
    const events: TriggerEvent[] = [];
    const invoke = async (_: string, event: TriggerEvent) => {
      events.push(event);
      if (event.triggerSource !== "PreSignUp_SignUp") return event;
      return { ...event, response: { autoConfirmUser: true, autoVerifyEmail: true, autoVerifyPhone: false } };
    };
    await using server = await withTriggers(invoke, { PreSignUp: arn, PostConfirmation: arn });
    expect(await signUp(server)).toMatchObject({ UserConfirmed: true });
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
      "PreSignUp_SignUp",
      "PostConfirmation_ConfirmSignUp",
    ]);
    expect(events[0]?.request).toEqual({
      userAttributes: { email: Username, email_verified: "false" },
      validationData: { invite: "yes" },
      clientMetadata: { from: "portal" },
    });
    expect(server.messages).toEqual([]);
    await new SrpClient(server.sdk).signIn(Username, password);
  });

  it("stops a sign-up by failing", async () => {
    const invoke = () => Promise.reject(new Error("By invitation only"));
    await using server = await withTriggers(invoke, { PreSignUp: arn });
    await expect(signUp(server)).rejects.toMatchObject({
      name: "UserLambdaValidationException",
      message: "PreSignUp failed with error By invitation only.",
    });
    await expect(server.sdk.send(new AdminGetUserCommand({ UserPoolId: poolId, Username }))).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
  });
});

describe("The trigger before tokens", () => {
  async function signedInWith(answer: (event: TriggerEvent) => object) {
    const seen: TriggerEvent[] = [];
    const invoke = async (_: string, event: TriggerEvent) => {
      seen.push(event);
      return { ...event, response: answer(event) };
    };
    await using server = await withTriggers(invoke, { PreTokenGeneration: arn });
    await signUp(server);
    await confirm(server);
    const { AuthenticationResult } = await new SrpClient(server.sdk).signIn(Username, password);
    return { seen, claims: decodeJwt(AuthenticationResult!.IdToken!) };
  }

  it("sees the user's attributes and groups, and may add claims and groups", async () => {
    const { seen, claims } = await signedInWith(() => ({
      claimsOverrideDetails: {
        claimsToAddOrOverride: { "custom:workspace": "w-abcdefghij", sub: "somebody-else" },
        groupOverrideDetails: { groupsToOverride: ["admin"] },
      },
    }));
    expect(seen).toMatchObject([
      {
        triggerSource: "TokenGeneration_Authentication",
        request: {
          userAttributes: { email: Username, "cognito:user_status": "CONFIRMED" },
          groupConfiguration: { groupsToOverride: [] },
        },
      },
    ]);
    expect(claims).toMatchObject({ "custom:workspace": "w-abcdefghij", "cognito:groups": ["admin"] });
    expect(claims.sub).toBe(seen[0]!.userName);
  });

  it("changes nothing where it answers nothing", async () => {
    const { claims } = await signedInWith(() => ({ claimsOverrideDetails: null }));
    expect(claims).not.toHaveProperty("custom:workspace");
    expect(claims).not.toHaveProperty("cognito:groups");
  });
});
