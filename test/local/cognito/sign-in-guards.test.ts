import { AdminDisableUserCommand, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addUser, call } from "./fixtures/calls.ts";
import { clientId, poolId } from "./fixtures/definition.ts";
import { type PoolServer, startPoolServer } from "./fixtures/pool-server.ts";
import { SrpClient, timestampOf } from "./fixtures/srp-client.ts";

const password = "Correct horse 1";
let now = Date.UTC(2026, 0, 1);
let server: PoolServer;
let client: SrpClient;

beforeAll(async () => {
  server = await startPoolServer({ clock: () => now });
  client = new SrpClient(server.sdk, () => now);
});

afterAll(() => server[Symbol.asyncDispose]());

const incorrect = { name: "NotAuthorizedException", message: "Incorrect username or password." };
const locked = { name: "NotAuthorizedException", message: "Password attempts exceeded" };

describe("A sign-in by SRP", () => {
  it("works fifty times with random passwords, salts and secrets", async () => {
    for (let round = 0; round < 50; round++) {
      const chosen = `Aa1 ${Buffer.from(crypto.getRandomValues(new Uint8Array(9))).toString("base64")}!`;
      await addUser(server, `random-${round}@example.org`, chosen);
      const { AuthenticationResult } = await client.signIn(`random-${round}@example.org`, chosen);
      expect(AuthenticationResult).toMatchObject({ TokenType: "Bearer", ExpiresIn: 3600 });
    }
  });

  it("fails with a wrong password", async () => {
    await addUser(server, "wrong@example.org", password);
    await expect(client.signIn("wrong@example.org", `${password} `)).rejects.toMatchObject(incorrect);
    await expect(client.signIn("wrong@example.org", "")).rejects.toMatchObject(incorrect);
    await client.signIn("wrong@example.org", password);
  });

  it("takes each proof once", async () => {
    await addUser(server, "replay@example.org", password);
    const proof = await client.prove("replay@example.org", password);
    await client.respond(proof);
    await expect(client.respond(proof)).rejects.toMatchObject(incorrect);
  });

  it("gives no second try at one challenge", async () => {
    await addUser(server, "second-try@example.org", password);
    const proof = await client.prove("second-try@example.org", password);
    await expect(
      client.respond({ ...proof, PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString("base64") }),
    ).rejects.toMatchObject(incorrect);
    await expect(client.respond(proof)).rejects.toMatchObject(incorrect);
  });

  it("must end within three minutes", async () => {
    await addUser(server, "slow@example.org", password);
    const inTime = await client.prove("slow@example.org", password);
    const late = await client.prove("slow@example.org", password);
    now += 180_000 - 1;
    await client.respond(inTime);
    now += 1;
    await expect(client.respond(late)).rejects.toMatchObject(incorrect);
  });

  it("must be dated now", async () => {
    await addUser(server, "dated@example.org", password);
    const old = await client.prove("dated@example.org", password, timestampOf(now - 6 * 60_000));
    await expect(client.respond(old)).rejects.toMatchObject(incorrect);
    const odd = await client.prove("dated@example.org", password, "yesterday");
    await expect(client.respond(odd)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  it("is bound to the user it began with", async () => {
    await addUser(server, "victim@example.org", password);
    await addUser(server, "attacker@example.org", password);
    const proof = await client.prove("attacker@example.org", password);
    const victim = await client.prove("victim@example.org", password);
    await expect(client.respond({ ...proof, USERNAME: victim.USERNAME })).rejects.toMatchObject(incorrect);
  });

  it.each(["0", "not hex"])("is refused with the public number %s", async (publicHex) => {
    await addUser(server, `public-${publicHex.length}@example.org`, password);
    await expect(client.initiate(`public-${publicHex.length}@example.org`, publicHex)).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  it("never takes the password itself unless the client allows it", async () => {
    await addUser(server, "plain@example.org", password);
    const plainly = new InitiateAuthCommand({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: "plain@example.org", PASSWORD: password },
    });
    await expect(server.sdk.send(plainly)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "USER_PASSWORD_AUTH flow not enabled for this client",
    });
    const client = { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] };
    await using open = await startPoolServer({ client });
    await addUser(open, "plain@example.org", password);
    expect((await open.sdk.send(plainly)).AuthenticationResult?.IdToken).toBeDefined();
  });

  it("tells who knew the password, and nobody else, that the user is disabled", async () => {
    await addUser(server, "disabled@example.org", password);
    await server.sdk.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: "disabled@example.org" }));
    await expect(client.signIn("disabled@example.org", "Wrong horse 11")).rejects.toMatchObject(incorrect);
    await expect(client.signIn("disabled@example.org", password)).rejects.toMatchObject({
      message: "User is disabled.",
    });
  });
});

describe("An unknown user", () => {
  it("gets a challenge of the same form, with the same salt and id each time", async () => {
    await addUser(server, "known@example.org", password);
    const form = (parameters: Record<string, string> | undefined) =>
      Object.entries(parameters ?? {}).map(([name, value]) => [name, name === "SRP_B" ? "hex" : value.length]);
    const known = await client.initiate("known@example.org", "1000");
    const unknown = await client.initiate("unknown@example.org", "1000");
    expect(form(unknown.ChallengeParameters)).toEqual(form(known.ChallengeParameters));
    const { SRP_B: first, SECRET_BLOCK: _, ...stable } = unknown.ChallengeParameters ?? {};
    const again = await client.initiate("UNKNOWN@example.org", "1000");
    expect(again.ChallengeParameters).toMatchObject(stable);
    expect(again.ChallengeParameters?.SRP_B).not.toBe(first);
    const other = await client.initiate("unknown-too@example.org", "1000");
    expect(other.ChallengeParameters?.SALT).not.toBe(stable.SALT);
    expect(stable.USER_ID_FOR_SRP).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("fails like a known one with a wrong password, lock and all", async () => {
    await addUser(server, "lock-known@example.org", password);
    const outcomes = async (email: string) => {
      const seen: string[] = [];
      for (let attempt = 0; attempt < 7; attempt++) {
        const error = await client.signIn(email, "Wrong horse 11").catch((refusal: Error) => refusal);
        seen.push(`${error instanceof Error ? `${error.name}: ${error.message}` : "signed in"}`);
      }
      return seen;
    };
    expect(await outcomes("lock-unknown@example.org")).toEqual(await outcomes("lock-known@example.org"));
  });

  it("is promised a code like a known one, which nobody gets", async () => {
    await addUser(server, "promise-known@example.org", password);
    const sent = server.messages.length;
    const ask = async (email: string) =>
      (await call(server, "ForgotPassword", { ClientId: clientId, Username: email })).body;
    const known = await ask("promise-known@example.org");
    expect(await ask("promise-unknown@example.org")).toEqual(known);
    expect(server.messages).toHaveLength(sent + 1);
    const confirm = async (email: string) => {
      const guess = { ClientId: clientId, Username: email, ConfirmationCode: "abcdef", Password: "Another horse 1" };
      const seen: unknown[] = [];
      for (let attempt = 0; attempt < 7; attempt++)
        seen.push((await call(server, "ConfirmForgotPassword", guess)).body);
      return seen;
    };
    const outcomes = await confirm("promise-known@example.org");
    expect(await confirm("promise-unknown@example.org")).toEqual(outcomes);
    expect(outcomes.at(-1)).toMatchObject({ __type: "LimitExceededException" });
    const resend = { ClientId: clientId, Username: "promise-unknown@example.org" };
    expect((await call(server, "ResendConfirmationCode", resend)).body).toEqual(known);
  });

  it("is told apart only where the client asks for it", async () => {
    await using legacy = await startPoolServer({ client: { PreventUserExistenceErrors: "LEGACY" } });
    await expect(new SrpClient(legacy.sdk).signIn("unknown@example.org", password)).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
  });
});

describe("After five failures", () => {
  async function fail(email: string, times: number): Promise<void> {
    for (let attempt = 0; attempt < times; attempt++) {
      await expect(client.signIn(email, "Wrong horse 11")).rejects.toMatchObject(incorrect);
    }
  }

  it("even the right password waits, a second at first and twice as long each time", async () => {
    await addUser(server, "patience@example.org", password);
    await fail("patience@example.org", 5);
    for (let lockMs = 1000; lockMs <= 8000; lockMs *= 2) {
      await expect(client.signIn("patience@example.org", password)).rejects.toMatchObject(locked);
      now += lockMs - 1;
      await expect(client.signIn("patience@example.org", password)).rejects.toMatchObject(locked);
      now += 1;
      await fail("patience@example.org", 1);
    }
    now += 16_000;
    await client.signIn("patience@example.org", password);
    await fail("patience@example.org", 4);
    await client.signIn("patience@example.org", password);
  });

  it("challenges that were opened before do not help", async () => {
    await addUser(server, "hoard@example.org", password);
    const proofs = await Promise.all(
      Array.from({ length: 8 }, () => client.prove("hoard@example.org", "Wrong horse 11")),
    );
    const outcomes = await Promise.all(
      proofs.map((proof) => client.respond(proof).catch((error: Error) => error.message)),
    );
    expect(outcomes.filter((message) => message === locked.message)).toHaveLength(3);
  });

  it("a password can be set by mail, which ends the wait", async () => {
    await addUser(server, "mail@example.org", password);
    await fail("mail@example.org", 5);
    await call(server, "ForgotPassword", { ClientId: clientId, Username: "mail@example.org" });
    const answer = await call(server, "ConfirmForgotPassword", {
      ClientId: clientId,
      Username: "mail@example.org",
      ConfirmationCode: server.lastSecret("mail@example.org"),
      Password: "Another horse 1",
    });
    expect(answer.status).toBe(200);
    await client.signIn("mail@example.org", "Another horse 1");
  });
});
