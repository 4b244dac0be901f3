import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  DescribeUserPoolCommand,
  ListGroupsCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  paginateListUsers,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addUnverifiedUser, addUser, attributeOf, call } from "./fixtures/calls.ts";
import { clientId, poolDefinition, poolId } from "./fixtures/definition.ts";
import { type PoolServer, startPoolServer } from "./fixtures/pool-server.ts";
import { Portal } from "./fixtures/portal.ts";
import { SrpClient } from "./fixtures/srp-client.ts";

const password = "Correct horse 1";
const UserPoolId = poolId;
let now = Date.now();
let server: PoolServer;
let client: SrpClient;

beforeAll(async () => {
  server = await startPoolServer({ clock: () => now });
  client = new SrpClient(server.sdk, () => now);
});

afterAll(() => server[Symbol.asyncDispose]());

describe("An administrator, through the AWS SDK", () => {
  it("invites a user, who must choose a password of their own at the first sign-in", async () => {
    const Username = "Invited@example.org";
    const { User } = await server.sdk.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username,
        UserAttributes: [
          { Name: "email_verified", Value: "true" },
          { Name: "custom:workspace", Value: "w-abcdefghij" },
        ],
      }),
    );
    expect(User).toMatchObject({ UserStatus: "FORCE_CHANGE_PASSWORD", Enabled: true });
    expect(User?.UserCreateDate?.getTime()).toBe(now);
    expect(server.messages.at(-1)).toMatchObject({ kind: "invitation", to: Username });
    const temporary = server.lastSecret(Username);
    expect(server.messages.at(-1)?.body).toContain(temporary);

    const portal = new Portal(server.endpoint);
    await expect(portal.signInWithNewPassword(Username, "Wrong horse 11", [])).rejects.toMatchObject({
      code: "NotAuthorizedException",
    });
    const session = await portal.signInWithNewPassword(Username, temporary, ["weak", "Chosen by myself 1"]);
    expect(decodeJwt(session.getIdToken().getJwtToken())).toMatchObject({
      email: Username,
      email_verified: true,
      "custom:workspace": "w-abcdefghij",
    });
    await portal.signIn("invited@example.org", "Chosen by myself 1");
    await expect(portal.signIn(Username, temporary)).rejects.toMatchObject({ code: "NotAuthorizedException" });
  });

  it("may invite again, and an invitation ends after the days of the template", async () => {
    const Username = "late@example.org";
    await server.sdk.send(new AdminCreateUserCommand({ UserPoolId, Username }));
    const first = server.lastSecret(Username);
    now += 3 * 86_400_000;
    await expect(client.signIn(Username, first)).rejects.toMatchObject({
      message: "Temporary password has expired and must be reset by an administrator.",
    });
    await server.sdk.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: "RESEND" }));
    expect(server.lastSecret(Username)).not.toBe(first);
    expect((await client.signIn(Username, server.lastSecret(Username))).ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    const again = new AdminCreateUserCommand({ UserPoolId, Username });
    await expect(server.sdk.send(again)).rejects.toMatchObject({ name: "UsernameExistsException" });
  });

  it("ends a new-password session when it was used, and takes no other attribute through it", async () => {
    const Username = "session@example.org";
    const TemporaryPassword = "Temporary 1 !";
    const invite = { UserPoolId, Username, TemporaryPassword, MessageAction: "SUPPRESS" } as const;
    const sent = server.messages.length;
    await server.sdk.send(new AdminCreateUserCommand(invite));
    expect(server.messages).toHaveLength(sent);
    const { Session, ChallengeParameters } = await client.signIn(Username, TemporaryPassword);
    expect(JSON.parse(ChallengeParameters?.userAttributes ?? "")).toEqual({ email: Username, email_verified: "false" });
    expect(JSON.parse(ChallengeParameters?.requiredAttributes ?? "")).toEqual([]);
    const respond = (more: Record<string, string> = {}) =>
      call(server, "RespondToAuthChallenge", {
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        ClientId: clientId,
        Session,
        ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: "Chosen by myself 2", ...more },
      });
    expect((await respond({ "userAttributes.custom:workspace": "w-other" })).body.__type).toBe(
      "NotAuthorizedException",
    );
    expect((await respond({ USERNAME: "late@example.org" })).body.message).toBe("Invalid session for the user.");
    expect((await respond()).status).toBe(200);
    expect((await respond()).body.message).toBe("Invalid session for the user.");
  });

  it("sets a password, permanent or not", async () => {
    const Username = "set@example.org";
    await addUser(server, Username, password);
    const set = (Password: string, Permanent: boolean) =>
      server.sdk.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent }));
    await expect(set("weak", true)).rejects.toMatchObject({ name: "InvalidPasswordException" });
    await set("Another horse 1", true);
    expect((await client.signIn(Username, "Another horse 1")).AuthenticationResult).toBeDefined();
    await set("Temporary horse 1", false);
    expect((await client.signIn(Username, "Temporary horse 1")).ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  });

  it("asks a user to set a new password by mail", async () => {
    const Username = "reset@example.org";
    await addUser(server, Username, password);
    await server.sdk.send(new AdminResetUserPasswordCommand({ UserPoolId, Username }));
    await expect(client.signIn(Username, password)).rejects.toMatchObject({ name: "PasswordResetRequiredException" });
    await expect(client.signIn(Username, "Wrong horse 11")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    const ConfirmationCode = server.lastSecret(Username);
    await call(server, "ConfirmForgotPassword", {
      ClientId: clientId,
      Username,
      ConfirmationCode,
      Password: "Another horse 2",
    });
    expect((await client.signIn(Username, "Another horse 2")).AuthenticationResult).toBeDefined();
  });

  it("disables, enables, describes and deletes a user", async () => {
    const Username = "cycle@example.org";
    const sub = await addUser(server, Username, password);
    await server.sdk.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    await expect(client.signIn(Username, password)).rejects.toMatchObject({ message: "User is disabled." });
    await server.sdk.send(new AdminEnableUserCommand({ UserPoolId, Username }));
    await client.signIn(Username, password);
    const found = await server.sdk.send(new AdminGetUserCommand({ UserPoolId, Username: sub }));
    expect(found).toMatchObject({ Username: sub, Enabled: true, UserStatus: "CONFIRMED" });
    expect(attributeOf(found.UserAttributes, "sub")).toBe(sub);
    expect(JSON.stringify(found)).not.toMatch(/verifier|salt|hash/i);
    await server.sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
    await expect(server.sdk.send(new AdminGetUserCommand({ UserPoolId, Username }))).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
  });

  it("changes attributes that the schema has", async () => {
    const Username = "schema@example.org";
    await addUnverifiedUser(server, Username, password);
    const update = (Name: string, Value: string) =>
      server.sdk.send(
        new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes: [{ Name, Value }] }),
      );
    await update("custom:workspace", "w-0123456789");
    for (const [name, value] of [
      ["custom:plan", "gold"],
      ["custom:workspace", "w".repeat(65)],
      ["email", "no address"],
      ["email_verified", "perhaps"],
      ["sub", "somebody"],
    ] as const) {
      await expect(update(name, value)).rejects.toMatchObject({ name: "InvalidParameterException" });
    }
    await update("email", "schema-moved@example.org");
    const found = await server.sdk.send(new AdminGetUserCommand({ UserPoolId, Username: "schema-moved@example.org" }));
    expect(attributeOf(found.UserAttributes, "email_verified")).toBe("false");
    expect(attributeOf(found.UserAttributes, "custom:workspace")).toBe("w-0123456789");
    await addUser(server, "schema-taken@example.org", password);
    await expect(
      server.sdk.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId,
          Username: "schema-moved@example.org",
          UserAttributes: [{ Name: "email", Value: "Schema-Taken@example.org" }],
        }),
      ),
    ).rejects.toMatchObject({ name: "AliasExistsException" });
  });

  it("refuses to change what the schema calls immutable", async () => {
    const Schema = [{ AttributeDataType: "String", Mutable: false, Name: "workspace" }];
    await using fixed = await startPoolServer({ pool: { Schema } });
    await addUser(fixed, "fixed@example.org", password);
    const UserAttributes = [{ Name: "custom:workspace", Value: "w-0123456789" }];
    await expect(
      fixed.sdk.send(
        new AdminUpdateUserAttributesCommand({ UserPoolId, Username: "fixed@example.org", UserAttributes }),
      ),
    ).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining("cannot be updated"),
    });
  });

  it("puts users into groups and out of them", async () => {
    const Username = "member@example.org";
    const sub = await addUser(server, Username, password);
    const groups = async () => {
      const { Groups } = await server.sdk.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
      return Groups?.map(({ GroupName }) => GroupName);
    };
    for (const GroupName of ["viewer", "operator", "viewer"]) {
      await server.sdk.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
    }
    expect(await groups()).toEqual(["operator", "viewer"]);
    const { Users } = await server.sdk.send(new ListUsersInGroupCommand({ UserPoolId, GroupName: "operator" }));
    expect(Users?.map((user) => user.Username)).toEqual([sub]);
    await server.sdk.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName: "operator" }));
    expect(await groups()).toEqual(["viewer"]);
    const unknown = new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName: "owner" });
    await expect(server.sdk.send(unknown)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const all = await server.sdk.send(new ListGroupsCommand({ UserPoolId }));
    expect(all.Groups?.map(({ GroupName, Precedence }) => [GroupName, Precedence])).toEqual([
      ["viewer", 30],
      ["operator", 20],
      ["admin", 10],
    ]);
  });

  it("confirms once, without verifying the address", async () => {
    const Username = "by-hand@example.org";
    await addUnverifiedUser(server, Username, password);
    await expect(server.sdk.send(new AdminConfirmSignUpCommand({ UserPoolId, Username }))).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
    });
    const found = await server.sdk.send(new AdminGetUserCommand({ UserPoolId, Username }));
    expect(attributeOf(found.UserAttributes, "email_verified")).toBe("false");
  });

  it("pages through the users and finds one by address", async () => {
    await using own = await startPoolServer();
    for (let index = 0; index < 7; index++) await addUnverifiedUser(own, `page-${index}@example.org`, password);
    const seen: (string | undefined)[] = [];
    for await (const { Users } of paginateListUsers({ client: own.sdk, pageSize: 3 }, { UserPoolId })) {
      expect(Users?.length).toBeLessThanOrEqual(3);
      seen.push(...(Users ?? []).map(({ Attributes }) => attributeOf(Attributes, "email")));
    }
    expect(seen).toEqual(Array.from({ length: 7 }, (_, index) => `page-${index}@example.org`));
    const find = async (Filter: string) => {
      const { Users } = await own.sdk.send(new ListUsersCommand({ UserPoolId, Filter, AttributesToGet: ["email"] }));
      return Users?.map(({ Attributes }) => Attributes);
    };
    expect(await find('email = "PAGE-3@example.org"')).toEqual([[{ Name: "email", Value: "page-3@example.org" }]]);
    expect(await find('"email" ^= "page-"')).toHaveLength(7);
    expect(await find('email = "page-"')).toEqual([]);
    await expect(find("email > 3")).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(own.sdk.send(new ListUsersCommand({ UserPoolId, PaginationToken: "made-up" }))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("describes the pool", async () => {
    const { UserPool } = await server.sdk.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(UserPool).toMatchObject({
      Id: poolId,
      Arn: server.pool.arn,
      UsernameAttributes: ["email"],
      Policies: { PasswordPolicy: { MinimumLength: 12 } },
    });
    expect(poolDefinition().pool.UsernameAttributes).toEqual(UserPool?.UsernameAttributes);
  });

  it("is told by name of what is not served", async () => {
    await expect(server.sdk.send(new ListUserPoolsCommand({ MaxResults: 1 }))).rejects.toMatchObject({
      name: "UnknownOperationException",
      message: expect.stringContaining("ListUserPools"),
    });
  });

  it("must sign", async () => {
    const answer = await call(server, "AdminGetUser", { UserPoolId, Username: "cycle@example.org" });
    expect(answer).toMatchObject({ status: 400, body: { __type: "MissingAuthenticationTokenException" } });
  });
});
