import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { defaultLimits } from "@systemhealer/contract/limits";
import { expectDataset } from "@systemhealer/domain/dataset";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepValidated } from "../../functions/workflow/keep-validated.ts";
import { validateStored } from "../../functions/workflow/validate-stored.ts";
import { type Answer, call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes);
const csv = Buffer.from("sample_id,cpu,disk,label\n1,0.5,3,1\n2,,4,1\n3,0.7,5,2\n4,1e3,6,2\n");

describe("from an announced file to a data set", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  let objectCreated: typeof import("../../functions/events/object-created.ts").handler;
  let validate: typeof import("../../functions/workflow/validate-dataset.ts").handler;
  beforeAll(async () => {
    system = await testSystem({ maxFileBytes: 20 * 1024 ** 2 });
    api = (await import("../../functions/api/main.ts")).handler;
    objectCreated = (await import("../../functions/events/object-created.ts")).handler;
    validate = (await import("../../functions/workflow/validate-dataset.ts")).handler;
  });
  afterAll(() => system.close());

  async function announce(bytes: Buffer, more: object = {}): Promise<Answer> {
    const sha256 = hash(bytes).digest("hex");
    const body = { fileName: "kpis.csv", purpose: "training" as const, sizeBytes: bytes.length, sha256, ...more };
    return call(api, "createDataset", { body });
  }

  /** Sends a small file whole, and brings S3's event to the function that waits for it. */
  async function upload(bytes: Buffer<ArrayBuffer>, more: object = {}): Promise<string> {
    const { body } = await announce(bytes, more);
    const { request } = body.upload;
    const sent = await fetch(request.url, { method: "PUT", headers: request.headers, body: bytes });
    expect(sent.status).toBe(200);
    await deliver(body.dataset.datasetId);
    return body.dataset.datasetId;
  }

  async function deliver(datasetId: string): Promise<void> {
    const key = `uploads/w-test/${datasetId}/source`;
    for (let i = 0; i < 200; i++) {
      const event = system.local.events.find(({ detail }) => detail.object.key === key);
      if (event) return objectCreated(event);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`no event for ${key}`);
  }

  it("a small file is sent once, validated once, and profiled", async () => {
    const datasetId = await upload(csv);
    await deliver(datasetId);
    const started = system.services.calls.filter(({ input }) => input.name === datasetId);
    expect(started.map(({ action }) => action)).toEqual(["StartExecution", "StartExecution"]);
    expect((await call(api, "getDataset", { datasetId })).body).toMatchObject({ status: "validating", rowsRead: 0 });
    expect(await validate({ workspaceId: "w-test", datasetId })).toMatchObject({ status: "ready", followUp: "none" });
    expect(await validate({ workspaceId: "w-test", datasetId })).toMatchObject({ status: "ready" });
    const { body } = await call(api, "getDataset", { datasetId });
    expect(body).toMatchObject({ status: "ready", rows: 4, featureCount: 2, sha256: hash(csv).digest("hex") });
    expect(Object.keys(body)).not.toContain("objectKey");
    const profile = await call(api, "getDatasetProfile", { datasetId });
    expect(profile.body).toMatchObject({ labelColumn: "label", idColumn: "sample_id" });
    const download = await call(api, "downloadDataset", { datasetId, body: { artefact: "data" } });
    expect(await (await fetch(download.body.url)).text()).toBe(csv.toString());
    const profileDownload = await call(api, "downloadDataset", { datasetId, body: { artefact: "profile.json" } });
    const bytes = new Uint8Array(await (await fetch(profileDownload.body.url)).arrayBuffer());
    expect(hash(bytes).digest("hex")).toBe(profileDownload.body.sha256);
  });

  it("of a compressed file an uncompressed copy is kept", async () => {
    const packed = gzipSync(csv);
    const datasetId = await upload(packed, { fileName: "kpis.csv.gz" });
    await validate({ workspaceId: "w-test", datasetId });
    const dataset = await system.datasets.get("w-test", datasetId);
    expect(dataset).toMatchObject({ status: "ready", dataKey: `datasets/w-test/${datasetId}/data.csv` });
    expect(Buffer.from(await system.objects.readBytes(`datasets/w-test/${datasetId}/data.csv`, 10 ** 6))).toEqual(csv);
  });

  it("a faulty file gets a report and leaves no bytes", async () => {
    for (const bytes of [Buffer.from("cpu,label\n1,a\nx,b\n"), gzipSync(Buffer.from("cpu,label\nx,a\n"))]) {
      const datasetId = await upload(bytes);
      expect(await validate({ workspaceId: "w-test", datasetId })).toMatchObject({ status: "rejected" });
      const report = await call(api, "getDatasetReport", { datasetId });
      expect(report.body.findings).toContainEqual(expect.objectContaining({ code: "not-a-number", column: "cpu" }));
      await expect(system.objects.head(`uploads/w-test/${datasetId}/source`)).rejects.toThrow();
      await expect(system.objects.head(`datasets/w-test/${datasetId}/data.csv`)).rejects.toThrow();
      expect((await call(api, "getDatasetProfile", { datasetId })).status).toBe(409);
    }
  });

  it("of a data set that is deleted while its file is read nothing stays", async () => {
    for (const bytes of [gzipSync(csv), gzipSync(Buffer.from("cpu,label\nx,a\n"))]) {
      const datasetId = await upload(bytes);
      const ports = { ...system, clock: () => new Date() };
      const dataset = expectDataset(await system.datasets.get("w-test", datasetId), "validating");
      const options = { limits: defaultLimits, heartbeatSeconds: 60, onBeatError: () => undefined };
      const validated = await validateStored(ports, dataset, options);
      expect((await call(api, "deleteDataset", { datasetId })).status).toBe(204);
      await expect(keepValidated(ports, dataset, validated)).rejects.toThrow("changed-meanwhile");
      const left: string[] = [];
      for await (const { key } of system.objects.list(`datasets/w-test/${datasetId}/`)) left.push(key);
      expect(left).toEqual([]);
    }
  });

  it("a file can be asked to be like another", async () => {
    const likeDatasetId = await upload(csv);
    await validate({ workspaceId: "w-test", datasetId: likeDatasetId });
    const datasetId = await upload(Buffer.from("cpu,disc,label\n1,2,1\n1,2,1\n1,2,2\n1,2,2\n"), { likeDatasetId });
    await validate({ workspaceId: "w-test", datasetId });
    const { body } = await call(api, "getDatasetReport", { datasetId });
    expect(body.findings[0]).toMatchObject({ code: "renamed-column", found: "disc", expected: "disk" });
  });

  it("a large file is sent in parts, resumed, and completed as often as one likes", async () => {
    const parts = [randomBytes(8 * 1024 ** 2), randomBytes(1000)];
    const sizeBytes = parts[0]!.length + parts[1]!.length;
    const made = await announce(Buffer.concat(parts), { sha256: undefined });
    expect(made.body.upload).toEqual({ mode: "multipart", partSizeBytes: 8 * 1024 ** 2, partCount: 2 });
    const { datasetId } = made.body.dataset;
    const numbered = parts.map((bytes, index) => ({ number: index + 1, checksum: hash(bytes).digest("base64") }));
    const signed = await call(api, "signDatasetParts", { datasetId, body: { parts: numbered } });
    const send = async (index: number) => {
      const { url, headers } = signed.body.parts[index].request;
      return (await fetch(url, { method: "PUT", headers, body: parts[index]! })).status;
    };
    expect(await send(1)).toBe(200);
    const early = await call(api, "completeDatasetUpload", { datasetId });
    expect(early).toMatchObject({ status: 409, body: { code: "upload-incomplete", parameters: { found: 1000 } } });
    const state = await call(api, "getDatasetUpload", { datasetId });
    expect(state.body.parts.map(({ number }: { number: number }) => number)).toEqual([2]);
    expect(await send(0)).toBe(200);
    const atOnce = await Promise.all(
      Array.from({ length: 5 }, () => call(api, "completeDatasetUpload", { datasetId })),
    );
    expect(atOnce.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(await call(api, "completeDatasetUpload", { datasetId })).toMatchObject({ status: 202 });
    await deliver(datasetId);
    const after = await call(api, "completeDatasetUpload", { datasetId });
    expect(after).toMatchObject({ status: 202, body: { status: "validating", sizeBytes } });
    expect((await call(api, "getDatasetUpload", { datasetId })).body.code).toBe("upload-ended");
    const tooHigh = { parts: [{ number: 3, checksum: numbered[0]!.checksum }] };
    expect((await call(api, "signDatasetParts", { datasetId, body: tooHigh })).status).toBe(409);
  });

  it("what cannot become a data set is refused before a byte is sent", async () => {
    expect((await announce(csv, { sizeBytes: 21 * 1024 ** 2 })).body).toMatchObject({
      code: "file-too-large",
      parameters: { expected: 20 * 1024 ** 2 },
    });
    expect((await announce(csv, { sha256: undefined })).body.code).toBe("sha256-needed");
    const unknown = await announce(csv, { likeDatasetId: "ds-01ARZ3NDEKTSV4RRFFQ69G5FAV" });
    expect(unknown).toMatchObject({ status: 404, body: { code: "dataset-not-found" } });
  });

  it("an upload can be given up", async () => {
    const { body } = await announce(csv);
    const { datasetId } = body.dataset;
    expect((await call(api, "completeDatasetUpload", { datasetId })).body.code).toBe("upload-incomplete");
    expect((await call(api, "deleteDataset", { datasetId })).status).toBe(204);
    expect((await call(api, "deleteDataset", { datasetId })).status).toBe(404);
    const { request } = body.upload;
    await fetch(request.url, { method: "PUT", headers: request.headers, body: csv });
    await deliver(datasetId);
    expect((await call(api, "getDataset", { datasetId })).status).toBe(404);
    await expect(system.objects.head(`uploads/w-test/${datasetId}/source`)).rejects.toThrow("object-not-found");
  });

  it("parts of other sizes than were agreed are no whole file, though they add up", async () => {
    const mebibyte = 1024 ** 2;
    const parts = [randomBytes(mebibyte), randomBytes(8 * mebibyte)];
    const { datasetId } = (await announce(Buffer.concat(parts), { sha256: undefined })).body.dataset;
    const numbered = parts.map((bytes, index) => ({ number: index + 1, checksum: hash(bytes).digest("base64") }));
    const signed = await call(api, "signDatasetParts", { datasetId, body: { parts: numbered } });
    for (const [index, { request }] of signed.body.parts.entries()) {
      const sent = await fetch(request.url, { method: "PUT", headers: request.headers, body: parts[index]! });
      expect(sent.status).toBe(200);
    }
    const complete = await call(api, "completeDatasetUpload", { datasetId });
    expect(complete).toMatchObject({ status: 409, body: { code: "upload-incomplete", parameters: { found: 0 } } });
  });

  it("names that no UTF-8 can carry are mended, so that their files can be downloaded", async () => {
    const datasetId = await upload(csv, { fileName: "a\ud800.csv", name: "\udc00" });
    await validate({ workspaceId: "w-test", datasetId });
    const { body } = await call(api, "getDataset", { datasetId });
    expect(body).toMatchObject({ fileName: "a\ufffd.csv", name: "\ufffd" });
    for (const artefact of ["data", "profile.json"] as const) {
      const download = await call(api, "downloadDataset", { datasetId, body: { artefact } });
      expect(download.status).toBe(201);
      expect((await fetch(download.body.url)).status).toBe(200);
    }
  });

  it("class names that no record could hold are findings", async () => {
    const rows = Array.from({ length: 400 }, (_, row) => `${row},${"c".repeat(3_000)}${row % 200}`);
    const datasetId = await upload(Buffer.from(`cpu,label\n${rows.join("\n")}\n`));
    expect(await validate({ workspaceId: "w-test", datasetId })).toMatchObject({ status: "rejected" });
    const { body } = await call(api, "getDatasetReport", { datasetId });
    expect(body.findings[0]).toMatchObject({ code: "cell-too-long", row: 1, column: "label", expected: "256" });
  });
});
