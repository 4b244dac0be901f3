import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminSetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { newRunId } from "@systemhealer/domain/ids";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, readying, training } from "../domain/fixtures/records.ts";
import { attributeOf } from "../local/cognito/fixtures/calls.ts";
import { poolId } from "../local/cognito/fixtures/definition.ts";
import { type PoolServer, startPoolServer } from "../local/cognito/fixtures/pool-server.ts";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const admin = { groups: "[admin]" };

describe("the administration of a workspace", () => {
  let system: TestSystem;
  let pool: PoolServer;
  let api: typeof import("../../functions/api/main.ts").handler;
  beforeAll(async () => {
    system = await testSystem({ maxStorageBytes: 10_000, maxRunsAtOnce: 5, maxRows: 1_000 });
    pool = await startPoolServer();
    process.env.USER_POOL_ID = poolId;
    process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = pool.endpoint;
    api = (await import("../../functions/api/main.ts")).handler;
  });
  afterAll(async () => {
    await pool[Symbol.asyncDispose]();
    await system.close();
  });

  async function groupsOf(Username: string): Promise<(string | undefined)[]> {
    const { Groups = [] } = await pool.sdk.send(new AdminListGroupsForUserCommand({ UserPoolId: poolId, Username }));
    return Groups.map(({ GroupName }) => GroupName);
  }

  const invite = (email: string, role = "viewer" as const, workspaceId = "w-test") =>
    call(api, "inviteMember", { body: { email, role } }, { ...admin, workspaceId });

  describe("members", () => {
    it("are invited by mail into the workspace, with a role and a password for the first sign-in", async () => {
      const answer = await invite("Ada@example.org");
      expect(answer).toMatchObject({
        status: 201,
        body: { email: "ada@example.org", role: "viewer", status: "invited", createdBy: "user-1", version: 1 },
      });
      const user = await pool.sdk.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: "ada@example.org" }));
      expect(attributeOf(user.UserAttributes, "custom:workspace")).toBe("w-test");
      expect(user).toMatchObject({ Username: answer.body.userId, UserStatus: "FORCE_CHANGE_PASSWORD" });
      expect(await groupsOf("ada@example.org")).toEqual(["viewer"]);
      expect(pool.messages.filter(({ to }) => to === "ada@example.org")).toMatchObject([{ kind: "invitation" }]);
    });

    it("who never came are invited again, with the mail sent anew and the role of now", async () => {
      const first = await invite("late@example.org");
      const second = await call(api, "inviteMember", { body: { email: "late@example.org", role: "operator" } }, admin);
      expect(second).toMatchObject({ status: 201, body: { userId: first.body.userId, role: "operator", version: 2 } });
      expect(pool.messages.filter(({ to }) => to === "late@example.org")).toHaveLength(2);
      expect(await groupsOf("late@example.org")).toEqual(["operator"]);
    });

    it("of another workspace, or who have signed in already, are not taken over", async () => {
      await invite("other@example.org", "viewer", "w-other");
      expect(await invite("other@example.org")).toMatchObject({ status: 409, body: { code: "account-exists" } });
      await invite("here@example.org");
      const Password = "A-long-passw0rd!";
      const user = { UserPoolId: poolId, Username: "here@example.org" };
      await pool.sdk.send(new AdminSetUserPasswordCommand({ ...user, Password, Permanent: true }));
      expect(await invite("here@example.org")).toMatchObject({ status: 409, body: { code: "account-exists" } });
    });

    it("are listed with their roles, those of this workspace only, from their first visit on", async () => {
      const visitor = { workspaceId: "w-list", groups: "[operator]" };
      await call(api, "getSession", {}, visitor);
      await call(api, "getSession", {}, visitor);
      const { body } = await call(api, "listMembers", {}, { ...admin, workspaceId: "w-list" });
      expect(body.items).toMatchObject([
        { userId: "user-1", email: "user@example.com", role: "operator", status: "active", version: 1 },
      ]);
      expect(body.items[0]).not.toHaveProperty("workspaceId");
    });

    it("get another role, and of two administrators the second is told to look again", async () => {
      const { body: member } = await invite("role@example.org");
      const { userId, version } = member;
      const change = { userId, body: { version, role: "admin" as const } };
      const changed = await call(api, "updateMember", change, admin);
      expect(changed).toMatchObject({ status: 200, body: { role: "admin", version: 2 } });
      expect(await groupsOf("role@example.org")).toEqual(["admin"]);
      expect(await call(api, "updateMember", change, admin)).toMatchObject({
        status: 409,
        body: { code: "changed-meanwhile" },
      });
      expect(await call(api, "updateMember", change, { ...admin, workspaceId: "w-other" })).toMatchObject({
        status: 404,
        body: { code: "member-not-found" },
      });
    });

    it("who are removed lose their account, and a token that lives on brings them back no more", async () => {
      const { body: member } = await invite("gone@example.org");
      const { userId } = member;
      expect(await call(api, "removeMember", { userId }, { ...admin, workspaceId: "w-other" })).toMatchObject({
        status: 404,
      });
      expect(await call(api, "removeMember", { userId }, admin)).toMatchObject({ status: 204 });
      const asked = new AdminGetUserCommand({ UserPoolId: poolId, Username: "gone@example.org" });
      await expect(pool.sdk.send(asked)).rejects.toMatchObject({ name: "UserNotFoundException" });
      expect(await call(api, "removeMember", { userId }, admin)).toMatchObject({ status: 404 });
      const { items } = (await call(api, "listMembers", { query: { limit: 100 } }, admin)).body;
      expect(items.map(({ email }: { email: string }) => email)).not.toContain("gone@example.org");
      const { meetMember } = await import("@systemhealer/domain/use-cases/manage-members");
      const who = { workspaceId: "w-test", userId, email: "gone@example.org", role: "viewer" as const };
      await expect(meetMember({ ...system, clock: () => new Date() }, who)).rejects.toMatchObject({
        code: "removed-member",
      });
      expect(await invite("gone@example.org")).toMatchObject({ status: 201, body: { status: "invited" } });
    });

    it("cannot change their own role, nor remove themselves", async () => {
      await call(api, "getSession", {}, admin);
      const change = { userId: "user-1", body: { version: 1, role: "viewer" as const } };
      for (const answer of [
        await call(api, "updateMember", change, admin),
        await call(api, "removeMember", { userId: "user-1" }, admin),
      ])
        expect(answer).toMatchObject({ status: 409, body: { code: "not-yourself" } });
    });

    it("are administrators' business", async () => {
      expect(await call(api, "listMembers", {})).toMatchObject({ status: 403 });
      expect(await call(api, "inviteMember", { body: { email: "x@example.org", role: "admin" } })).toMatchObject({
        status: 403,
      });
      expect(await call(api, "listAudit", {})).toMatchObject({ status: 403 });
      expect(await call(api, "updateQuotas", { body: { version: 1 } })).toMatchObject({ status: 403 });
    });
  });

  describe("quotas", () => {
    const workspaceId = "w-quota";
    const here = { ...admin, workspaceId };
    const announce = (sizeBytes: number) =>
      call(
        api,
        "createDataset",
        { body: { fileName: "kpis.csv", purpose: "training", sizeBytes, sha256: "0".repeat(64) } },
        here,
      );

    it("are the installation's until somebody sets them, within what it allows", async () => {
      const before = await call(api, "getQuotas", {}, { workspaceId, groups: "[viewer]" });
      expect(before.body).toEqual({
        quotas: { storageBytes: 10_000, runsAtOnce: 5, rowsPerFile: 1_000 },
        most: { storageBytes: 10_000, runsAtOnce: 5, rowsPerFile: 1_000 },
        set: {},
        used: { storageBytes: 0, datasets: 0, runsAtOnce: 0 },
        version: 1,
      });
      const body = { version: 1, storageBytes: 1_000, runsAtOnce: 1, rowsPerFile: 20 };
      const after = await call(api, "updateQuotas", { body }, here);
      expect(after.body).toMatchObject({ quotas: { storageBytes: 1_000, runsAtOnce: 1, rowsPerFile: 20 }, version: 2 });
      expect(await call(api, "updateQuotas", { body }, here)).toMatchObject({ status: 409 });
      const most = { version: 2, runsAtOnce: 6 };
      expect(await call(api, "updateQuotas", { body: most }, here)).toMatchObject({
        status: 400,
        body: { code: "quota-too-high", parameters: { name: "runsAtOnce", found: 6, expected: 5 } },
      });
      expect((await call(api, "getSession", {}, here)).body.limits).toMatchObject({
        maxRows: 20,
        maxStorageBytes: 1_000,
        maxRunsAtOnce: 1,
      });
    });

    it("stop a file for which there is no room", async () => {
      expect(await announce(600)).toMatchObject({ status: 201 });
      expect(await announce(600)).toMatchObject({
        status: 409,
        body: { code: "quota-storage", parameters: { found: 1_200, expected: 1_000 } },
      });
      expect((await call(api, "getQuotas", {}, here)).body.used).toMatchObject({ storageBytes: 600, datasets: 1 });
    });

    it("stop a run where enough are under way", async () => {
      const { announced, validating, ready } = readying({ workspaceId });
      await system.datasets.create(announced);
      await system.datasets.replace(validating);
      await system.datasets.replace(ready);
      const { datasetId } = ready;
      const order = { body: { datasetId } };
      const first = await call(api, "createTrainingRun", order, here);
      expect(first.status).toBe(202);
      const refused = { status: 409, body: { code: "quota-runs", parameters: { found: 1, expected: 1 } } };
      expect(await call(api, "createTrainingRun", order, here)).toMatchObject(refused);
      const failed = { ...training(datasetId), workspaceId, runId: newRunId() };
      await system.runs.create({
        ...{ ...failed, status: "failed", endedAt: at },
        failure: { code: "internal", parameters: {} },
      });
      expect(await call(api, "retryRun", { runId: failed.runId }, here)).toMatchObject(refused);
      await call(api, "cancelRun", { runId: first.body.runId }, here);
      expect(await call(api, "createTrainingRun", order, here)).toMatchObject({ status: 202 });
    });

    it("reject a file with more rows than they allow", async () => {
      await expect(readyDatasetOf(system, labelledCsv(21), { workspaceId })).rejects.toThrow("rejected");
      await readyDatasetOf(system, labelledCsv(20), { workspaceId });
    });

    it("are given up again", async () => {
      const { body } = await call(api, "getQuotas", {}, here);
      const change = { version: body.version, storageBytes: null, runsAtOnce: null, rowsPerFile: null };
      const after = await call(api, "updateQuotas", { body: change }, here);
      expect(after.body).toMatchObject({ set: {}, quotas: { storageBytes: 10_000 } });
    });
  });

  describe("the audit trail", () => {
    const here = { ...admin, workspaceId: "w-audit" };

    it("tells who did what when to what, the newest first, and nothing of what changed nothing", async () => {
      const { announced } = readying({ workspaceId: "w-audit" });
      const { datasetId } = announced;
      await system.datasets.create(announced);
      await call(api, "updateDataset", { datasetId, body: { revision: 0, name: "night", notes: "secret" } }, here);
      await call(api, "getDataset", { datasetId }, here);
      const looks = await call(api, "updatePreferences", { body: { language: "zh" } }, here);
      expect(looks.status).toBe(200);
      await call(api, "updateDataset", { datasetId, body: { revision: 0, name: "refused" } }, here);
      const invited = await call(api, "inviteMember", { body: { email: "eve@example.org", role: "viewer" } }, here);
      await call(api, "deleteDataset", { datasetId }, here);
      const { body } = await call(api, "listAudit", {}, here);
      expect(body.items).toMatchObject([
        { operation: "deleteDataset", target: datasetId, details: {} },
        {
          operation: "inviteMember",
          target: invited.body.userId,
          details: { email: "eve@example.org", role: "viewer" },
        },
        {
          operation: "updateDataset",
          target: datasetId,
          details: { name: "night", revision: 0 },
          userId: "user-1",
          email: "user@example.com",
          requestId: "request-1",
        },
      ]);
      expect(JSON.stringify(body)).not.toContain("secret");
      expect((await call(api, "listAudit", {}, admin)).body.items).not.toContainEqual(
        expect.objectContaining({ target: datasetId }),
      );
    });

    it("is paged, and narrowed to somebody or something", async () => {
      const first = await call(api, "listAudit", { query: { limit: 2 } }, here);
      const rest = await call(api, "listAudit", { query: { limit: 2, cursor: first.body.nextCursor } }, here);
      expect([first.body.items.length, rest.body.items.length]).toEqual([2, 1]);
      const operations = async (query: object) =>
        (await call(api, "listAudit", { query }, here)).body.items.map((item: { operation: string }) => item.operation);
      expect(await operations({ operation: "inviteMember" })).toEqual(["inviteMember"]);
      expect(await operations({ actor: "user@example.com", operation: "updateDataset" })).toEqual(["updateDataset"]);
      expect(await operations({ actor: "nobody" })).toEqual([]);
    });
  });
});
