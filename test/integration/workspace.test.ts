import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ApiError, type Client, createClient } from "@systemhealer/contract/client";
import { uploadDataset } from "@systemhealer/contract/upload";
import { chainedRunId, followUpRunId } from "@systemhealer/domain/ids";
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { simulated, sourceOf } from "./support/data.ts";
import { bootStack, type TestStack } from "./support/stack.ts";
import { signUp } from "./support/user.ts";
import { ended, until, validated } from "./support/wait.ts";

const settings = { learner: { learner: "linear" as const }, map: "none" as const };

let test: TestStack;
let client: Client;

beforeAll(async () => {
  test = await bootStack();
  client = await signUp(test, "boss@example.com");
}, 120_000);

afterAll(async () => {
  await test?.[Symbol.asyncDispose]();
});

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "not refused",
    (error: unknown) => (error instanceof ApiError ? error.problem.code : String(error)),
  );

function lastMailTo(email: string): { readonly secret: string } {
  const outbox = join(test.dataDirectory, "user-pools", test.stack.userPool!.userPoolId, "outbox");
  const mails = readdirSync(outbox)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(outbox, name), "utf8")) as { to: string; secret: string });
  return mails.findLast(({ to }) => to === email)!;
}

/** The first sign-in of somebody who was invited, by the browser's library: the mailed password, then one of their own. */
async function firstSignIn(email: string): Promise<{ user: CognitoUser; client: Client }> {
  const { userPoolId, userPoolClientId } = test.stack.userPool!;
  const Pool = new CognitoUserPool({
    UserPoolId: userPoolId,
    ClientId: userPoolClientId,
    endpoint: test.stack.urls.aws,
  });
  const user = new CognitoUser({ Username: email, Pool });
  const session = await new Promise<CognitoUserSession>((onSuccess, onFailure) => {
    user.authenticateUser(new AuthenticationDetails({ Username: email, Password: lastMailTo(email).secret }), {
      onSuccess,
      onFailure,
      newPasswordRequired: () => user.completeNewPasswordChallenge("Correct-horse-7-own", {}, { onSuccess, onFailure }),
    });
  });
  const token = async () => session.getIdToken().getJwtToken();
  return { user, client: createClient({ baseUrl: test.stack.urls.api, token }) };
}

describe("a workspace, through the API with signed-in users", () => {
  it("uploads, trains and diagnoses as one action; data, model and results can be looked at", async () => {
    const [toLearn, toDiagnose] = [await simulated({ rows: 600, seed: 3 }), await simulated({ rows: 200, seed: 4 })];
    const second = await uploadDataset(client, sourceOf(toDiagnose), { fileName: "new.csv", purpose: "diagnosis" });
    const order = { fileName: "train.csv", purpose: "training" as const };
    const chain = { followUp: "train" as const, settings, thenDiagnose: second.datasetId };
    const { datasetId } = await uploadDataset(client, sourceOf(toLearn), { ...order, ...chain });
    expect(await validated(client, datasetId)).toMatchObject({ status: "ready", followUp: "train" });

    const preview = await client.call("getDatasetPreview", { datasetId, query: { rows: 3 } });
    expect(preview.rows).toHaveLength(3);
    const histograms = await client.call("getDatasetHistograms", { datasetId, query: { limit: 5 } });
    expect(histograms).toMatchObject({ rows: 600, total: 107, nextOffset: 5 });

    const runId = followUpRunId(datasetId);
    await until(
      () => client.call("listRuns", { query: { kind: "training" } }),
      ({ items }) => items.some((run) => run.runId === runId),
    );
    await client.call("updateRun", { runId, body: { revision: 0, tags: ["night"] } });
    const training = await ended(client, runId);
    expect(training).toMatchObject({ status: "succeeded", tags: ["night"], thenDiagnose: second.datasetId });

    const diagnosisId = chainedRunId(runId);
    await until(
      () => client.call("listRuns", { query: { kind: "diagnosis" } }),
      ({ items }) => items.some((run) => run.runId === diagnosisId),
    );
    expect(await ended(client, diagnosisId)).toMatchObject({ status: "succeeded", datasetId: second.datasetId });
    const page = await client.call("getRunResults", { runId: diagnosisId, query: { offset: 150, limit: 200 } });
    expect(page).toMatchObject({ totalRows: 200, scannedRows: 50 });
    expect(page.items.map(({ row }) => row)).toEqual(Array.from({ length: 50 }, (_, i) => 151 + i));
  }, 600_000);

  it("takes back the file of a model as a model", async () => {
    const [trained] = (await client.call("listModels", {})).items;
    const download = await client.call("downloadModel", {
      modelId: trained!.modelId,
      body: { artefact: "model.onnx" },
    });
    const bytes = new Uint8Array(await (await fetch(download.url)).arrayBuffer());
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const body = { sizeBytes: bytes.length, sha256 };
    const { modelId, request } = await client.call("createModelImport", { body });
    expect((await fetch(request.url, { method: "PUT", headers: request.headers, body: bytes })).status).toBe(200);
    const model = await client.call("completeModelImport", { modelId, body: { name: "taken back" } });
    expect(model).toMatchObject({ origin: "imported", macroF1: trained!.macroF1 });
    await client.call("activateModel", { modelId });
    await client.call("activateModel", { modelId: trained!.modelId });
    await client.call("deleteModel", { modelId });
  }, 120_000);

  it("has members: invited by mail, with a role that counts, signed out everywhere, removed", async () => {
    const invited = await client.call("inviteMember", { body: { email: "viewer@example.com", role: "viewer" } });
    const viewer = await firstSignIn("viewer@example.com");
    const session = await viewer.client.call("getSession", {});
    expect(session).toMatchObject({ role: "viewer", workspaceId: (await client.call("getSession", {})).workspaceId });
    expect((await viewer.client.call("listDatasets", {})).items.length).toBeGreaterThan(0);
    expect(await codeOf(viewer.client.call("listMembers", {}))).toBe("role-too-low");
    const { items } = await client.call("listMembers", {});
    expect(items.map(({ email, role, status }) => [email, role, status]).sort()).toEqual([
      ["boss@example.com", "admin", "active"],
      ["viewer@example.com", "viewer", "active"],
    ]);
    const { version } = items.find(({ userId }) => userId === invited.userId)!;
    await client.call("updateMember", { userId: invited.userId, body: { version, role: "operator" } });
    const renewed = await new Promise<CognitoUserSession>((resolve, reject) => {
      viewer.user.refreshSession(viewer.user.getSignInUserSession()!.getRefreshToken(), (error, fresh) =>
        error ? reject(error) : resolve(fresh),
      );
    });
    const groups = renewed.getIdToken().decodePayload()["cognito:groups"];
    expect(groups).toEqual(["operator"]);

    await new Promise<void>((resolve, reject) => {
      viewer.user.globalSignOut({ onSuccess: () => resolve(), onFailure: reject });
    });
    await expect(
      new Promise((resolve, reject) => {
        viewer.user.refreshSession(renewed.getRefreshToken(), (error, fresh) =>
          error ? reject(error) : resolve(fresh),
        );
      }),
    ).rejects.toThrow();

    await client.call("removeMember", { userId: invited.userId });
    expect(await codeOf(viewer.client.call("getSession", {}))).toBe("removed-member");
  }, 120_000);

  it("has quotas that are kept, and a trail of who did what", async () => {
    const { version, used } = await client.call("getQuotas", {});
    expect(used).toMatchObject({ datasets: 2, runsAtOnce: 0 });
    await client.call("updateQuotas", { body: { version, storageBytes: used.storageBytes } });
    const small = sourceOf(new TextEncoder().encode("cpu,label\n1,a\n"));
    expect(await codeOf(uploadDataset(client, small, { fileName: "x.csv", purpose: "training" }))).toBe(
      "quota-storage",
    );
    const { items } = await client.call("listAudit", { query: { limit: 100 } });
    const done = items.map(({ operation }) => operation);
    expect(done[0]).toBe("updateQuotas");
    for (const operation of ["createDataset", "updateRun", "completeModelImport", "inviteMember", "removeMember"]) {
      expect(done).toContain(operation);
    }
    expect(new Set(items.map(({ email }) => email))).toEqual(new Set(["boss@example.com"]));
  });
});
