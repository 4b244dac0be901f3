import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  AdminAddUserToGroupCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { noFailures } from "../../../local/cognito/lockout.ts";
import { makeVerifier } from "../../../local/cognito/srp.ts";
import { PoolStore } from "../../../local/cognito/store.ts";
import type { User } from "../../../local/cognito/users.ts";
import { addUser, call, tokensOf } from "./fixtures/calls.ts";
import { clientId, poolId } from "./fixtures/definition.ts";
import { startPoolServer, testDirectory } from "./fixtures/pool-server.ts";
import { SrpClient } from "./fixtures/srp-client.ts";

const password = "Correct horse 1";

describe("A restart", () => {
  it("keeps users, groups, keys, tokens, codes and locks", async () => {
    const directory = await testDirectory();
    const clock = () => now;
    const tokens = await (async () => {
      await using server = await startPoolServer({ directory, clock });
      await addUser(server, "ada@example.org", password);
      const admin = { UserPoolId: poolId, Username: "ada@example.org", GroupName: "admin" };
      await server.sdk.send(new AdminAddUserToGroupCommand(admin));
      const client = new SrpClient(server.sdk, clock);
      await addUser(server, "locked@example.org", password);
      for (let attempt = 0; attempt < 7; attempt++)
        await client.signIn("locked@example.org", "x").catch(() => undefined);
      await call(server, "SignUp", { ClientId: clientId, Username: "new@example.org", Password: password });
      const code = server.lastSecret("new@example.org");
      const { ChallengeParameters } = await client.initiate("nobody@example.org", "1000");
      const proof = await client.prove("ada@example.org", password);
      const keys = server.pool.jwks();
      return { ...tokensOf(await client.signIn("ada@example.org", password)), code, keys, ChallengeParameters, proof };
    })();

    await using server = await startPoolServer({ directory, clock });
    const client = new SrpClient(server.sdk, clock);
    expect(server.pool.jwks()).toEqual(tokens.keys);
    await server.sdk.send(new GetUserCommand({ AccessToken: tokens.accessToken }));
    const AuthParameters = { REFRESH_TOKEN: tokens.refreshToken };
    const refresh = { AuthFlow: "REFRESH_TOKEN_AUTH", ClientId: clientId, AuthParameters } as const;
    expect((await server.sdk.send(new InitiateAuthCommand(refresh))).AuthenticationResult?.IdToken).toBeDefined();
    const ada = { UserPoolId: poolId, Username: "ada@example.org" };
    const { Groups } = await server.sdk.send(new AdminListGroupsForUserCommand(ada));
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(["admin"]);
    await client.signIn("ada@example.org", password);
    await expect(client.signIn("locked@example.org", password)).rejects.toMatchObject({
      message: "Password attempts exceeded",
    });
    const confirmation = { ClientId: clientId, Username: "new@example.org", ConfirmationCode: tokens.code };
    expect((await call(server, "ConfirmSignUp", confirmation)).status).toBe(200);
    const { SALT, USERNAME } = (await client.initiate("nobody@example.org", "1000")).ChallengeParameters ?? {};
    expect({ SALT, USERNAME }).toEqual({
      SALT: tokens.ChallengeParameters?.SALT,
      USERNAME: tokens.ChallengeParameters?.USERNAME,
    });
    await expect(client.respond(tokens.proof)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  it("finds every user whose sign-up was answered before the process was killed", async () => {
    const directory = await testDirectory();
    const child = spawn(process.execPath, [join(import.meta.dirname, "fixtures/pool-process.ts"), directory], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const answered: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      answered.push(line);
      if (answered.length === 60) child.kill("SIGKILL");
    }
    expect(answered.length).toBeGreaterThanOrEqual(60);
    await using server = await startPoolServer({ directory });
    for (const Username of answered) {
      await server.sdk.send(new AdminGetUserCommand({ UserPoolId: poolId, Username }));
    }
  });
});

describe("What is on the disk", () => {
  it("can be read by its owner only and holds no password, code or token", async () => {
    await using server = await startPoolServer();
    await addUser(server, "ada@example.org", password);
    await call(server, "ForgotPassword", { ClientId: clientId, Username: "ada@example.org" });
    const { accessToken, refreshToken } = tokensOf(await new SrpClient(server.sdk).signIn("ada@example.org", password));
    for (const name of ["keys.json", "users.log"]) {
      const file = join(server.directory, name);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const text = await readFile(file, "utf8");
      for (const secret of [password, accessToken, refreshToken]) expect(text).not.toContain(secret);
      expect(text).not.toMatch(new RegExp(`\\b${server.lastSecret("ada@example.org")}\\b`));
    }
  });

  it("holds each message once, as the callback was told", async () => {
    await using server = await startPoolServer();
    await addUser(server, "ada@example.org", password);
    const outbox = join(server.directory, "outbox");
    const files = await readdir(outbox);
    expect(files).toHaveLength(1);
    const stored: unknown = JSON.parse(await readFile(join(outbox, files[0] ?? ""), "utf8"));
    expect(stored).toEqual(server.messages[0]);
    expect(stored).toMatchObject({
      kind: "confirm-sign-up",
      to: "ada@example.org",
      secret: expect.stringMatching(/^\d{6}$/),
    });
    expect((await stat(join(outbox, files[0] ?? ""))).mode & 0o777).toBe(0o600);
  });
});

describe("Ten thousand users", () => {
  it("are kept, found and paged through", async () => {
    const directory = await testDirectory();
    const store = await PoolStore.open(directory, now);
    await Promise.all(Array.from({ length: 10_000 }, (_, index) => store.putUser(userFor(index))));
    await store.close();

    await using server = await startPoolServer({ directory });
    const last = { UserPoolId: poolId, Filter: 'email = "USER-9999@example.org"' };
    expect((await server.sdk.send(new ListUsersCommand(last))).Users).toHaveLength(1);
    let count = 0;
    let token: string | undefined;
    do {
      const input = { UserPoolId: poolId, Limit: 60, ...(token === undefined ? {} : { PaginationToken: token }) };
      const page = (await server.pool.handle("ListUsers", input, { principal: "administrator" })) as {
        readonly Users: readonly object[];
        readonly PaginationToken?: string;
      };
      count += page.Users.length;
      token = page.PaginationToken;
    } while (token !== undefined);
    expect(count).toBe(10_000);
    await addUser(server, "one-more@example.org", password);
    await new SrpClient(server.sdk).signIn("one-more@example.org", password);
  });
});

const now = Date.now();
const verifier = makeVerifier("nobody", password, "0a0b0c");

function userFor(index: number): User {
  return {
    username: randomUUID(),
    sequence: index + 1,
    attributes: { email: `user-${index}@example.org`, email_verified: "true", "custom:workspace": "w-abcdefghij" },
    status: "CONFIRMED",
    enabled: true,
    password: verifier,
    passwordExpiresAt: null,
    groups: ["viewer"],
    lockout: noFailures,
    codes: {},
    pendingEmail: null,
    createdAt: now,
    modifiedAt: now,
  };
}
