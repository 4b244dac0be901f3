import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "@systemhealer/contract/client";
import { type ByteSource, resumeUpload, type UploadProgress, uploadDataset } from "@systemhealer/contract/upload";
import { afterEach, expect, test } from "vitest";

const partSizeBytes = 1_000;
const datasetId = "ds-01HZZZZZZZZZZZZZZZZZZZZZZZ";
const sha256 = (bytes: Uint8Array, encoding: "hex" | "base64") => createHash("sha256").update(bytes).digest(encoding);

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

/** The API's side of an upload and a storage that checks what it is sent, on one loopback server. */
async function startStorage(options: { mode: "single" | "multipart" }) {
  const parts = new Map<number, Uint8Array>();
  const state = {
    parts,
    whole: undefined as Uint8Array | undefined,
    announced: undefined as { sizeBytes: number; sha256?: string } | undefined,
    puts: 0,
    travelling: 0,
    mostTravelling: 0,
    completed: 0,
    /** Answers instead of the storage while it gives one. */
    trouble: (_put: number): number | "drop" | undefined => undefined,
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (request.method === "PUT") await store(request, response, body);
    else answer(request, response, body.length > 0 ? JSON.parse(body.toString()) : undefined);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  const signed = (path: string, checksum: string) => ({
    url: `${baseUrl}${path}`,
    headers: { "x-amz-checksum-sha256": checksum },
    expiresAt: new Date(Date.now() + 900_000).toISOString(),
  });

  async function store(request: IncomingMessage, response: ServerResponse, body: Buffer) {
    const put = ++state.puts;
    state.travelling++;
    state.mostTravelling = Math.max(state.mostTravelling, state.travelling);
    await new Promise((done) => setTimeout(done, 3));
    state.travelling--;
    const trouble = state.trouble(put);
    if (trouble === "drop") return request.socket.destroy();
    if (trouble) return response.writeHead(trouble).end(`<Error><Code>Trouble</Code></Error>`);
    if (sha256(body, "base64") !== request.headers["x-amz-checksum-sha256"]) {
      return response.writeHead(400).end("<Error><Code>BadDigest</Code></Error>");
    }
    const number = /part\/(\d+)$/.exec(request.url!)?.[1];
    if (number) parts.set(Number(number), body);
    else state.whole = body;
    return response.writeHead(200).end();
  }

  function answer(request: IncomingMessage, response: ServerResponse, body: unknown) {
    const json = (status: number, value: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    const size = () => state.announced!.sizeBytes;
    const plan = () =>
      options.mode === "single"
        ? {
            mode: "single",
            request: signed("/whole", Buffer.from(state.announced!.sha256!, "hex").toString("base64")),
          }
        : { mode: "multipart", partSizeBytes, partCount: Math.ceil(size() / partSizeBytes) };
    const path = request.url!.replace(`/v1/datasets/${datasetId}`, "");
    if (path === "/v1/datasets") {
      state.announced = body as NonNullable<typeof state.announced>;
      return json(201, { dataset: { datasetId, status: "uploading" }, upload: plan() });
    }
    if (path === "/upload") {
      const arrived = [...parts].map(([number, bytes]) => {
        return { number, sizeBytes: bytes.length, checksum: sha256(bytes, "base64") };
      });
      return json(200, { upload: plan(), parts: arrived });
    }
    if (path === "/upload/parts") {
      const asked = (body as { parts: { number: number; checksum: string }[] }).parts;
      return json(200, {
        parts: asked.map(({ number, checksum }) => ({ number, request: signed(`/part/${number}`, checksum) })),
      });
    }
    if (path === "/upload/complete") {
      state.completed++;
      return json(202, { datasetId, status: "validating" });
    }
    return json(404, {});
  }

  const client = createClient({ baseUrl, token: async () => "token", retryDelays: [1] });
  return { state, client, whole: () => Buffer.concat([...parts].sort(([a], [b]) => a - b).map(([, bytes]) => bytes)) };
}

function bytes(length: number, seed = 1): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17 + (i >> 8)) & 255);
}

function sourceOf(content: Uint8Array<ArrayBuffer>): ByteSource {
  return { size: content.length, read: async (from, to) => content.slice(from, to) };
}

const order = { fileName: "kpis.csv", purpose: "training" } as const;
const quick = { retryDelays: [1, 1, 1] };

test("a small file goes with one PUT, its SHA-256 announced", async () => {
  const { state, client } = await startStorage({ mode: "single" });
  const content = bytes(500);
  const dataset = await uploadDataset(client, sourceOf(content), order, quick);
  expect(dataset).toMatchObject({ datasetId, status: "validating" });
  expect(state.announced).toMatchObject({ ...order, sizeBytes: 500, sha256: sha256(content, "hex") });
  expect(state.whole).toEqual(Buffer.from(content));
});

test("a large file goes in parts, four at a time, each with its own SHA-256", async () => {
  const { state, client, whole } = await startStorage({ mode: "multipart" });
  const content = bytes(20_500);
  const progress: UploadProgress[] = [];
  await uploadDataset(client, sourceOf(content), order, { ...quick, onProgress: (p) => progress.push(p) });
  expect(whole().equals(content)).toBe(true);
  expect(state.puts).toBe(21);
  expect(state.mostTravelling).toBeGreaterThan(1);
  expect(state.mostTravelling).toBeLessThanOrEqual(4);
  expect(progress.at(-1)).toEqual({ arrivedBytes: 20_500, keptBytes: 0, totalBytes: 20_500 });
  expect(state.completed).toBe(1);
});

test("a part that fails is tried again: server errors, lost connections, addresses that ran out", async () => {
  const { state, client, whole } = await startStorage({ mode: "multipart" });
  const troubles: Readonly<Record<number, number | "drop">> = { 1: 503, 3: "drop", 4: 403, 6: 500 };
  state.trouble = (put) => troubles[put];
  const content = bytes(5_000);
  await uploadDataset(client, sourceOf(content), order, quick);
  expect(whole().equals(content)).toBe(true);
  expect(state.puts).toBe(9);
});

test("a storage that keeps failing ends the upload after the retries, with what it said", async () => {
  const { state, client } = await startStorage({ mode: "multipart" });
  state.trouble = () => 503;
  const upload = uploadDataset(client, sourceOf(bytes(800)), order, quick);
  await expect(upload).rejects.toMatchObject({ name: "UploadError", code: "storage-refused", message: "503 Trouble" });
  expect(state.puts).toBe(4);
  expect(state.completed).toBe(0);
});

test("a resumed upload sends only what has not arrived", async () => {
  const { state, client, whole } = await startStorage({ mode: "multipart" });
  const content = bytes(10_000);
  state.trouble = (put) => (put > 4 ? 400 : undefined);
  let known = "";
  const first = uploadDataset(client, sourceOf(content), order, {
    ...quick,
    concurrency: 1,
    onCreated: (id) => {
      known = id;
    },
  });
  await expect(first).rejects.toThrow("400 Trouble");
  expect(state.parts.size).toBe(4);

  state.trouble = () => undefined;
  state.puts = 0;
  const progress: UploadProgress[] = [];
  await resumeUpload(client, known, sourceOf(content), { ...quick, onProgress: (p) => progress.push(p) });
  expect(state.puts).toBe(6);
  expect(progress.at(-1)).toEqual({ arrivedBytes: 10_000, keptBytes: 4_000, totalBytes: 10_000 });
  expect(whole().equals(content)).toBe(true);
});

test("parts of another file are not kept, and a file of another length is refused", async () => {
  const { state, client, whole } = await startStorage({ mode: "multipart" });
  await uploadDataset(client, sourceOf(bytes(3_000)), order, quick);
  state.puts = 0;
  const changed = bytes(3_000, 2);
  await resumeUpload(client, datasetId, sourceOf(changed), quick);
  expect(state.puts).toBe(3);
  expect(whole().equals(changed)).toBe(true);
  const longer = resumeUpload(client, datasetId, sourceOf(bytes(9_000)), quick);
  await expect(longer).rejects.toMatchObject({ code: "file-changed" });
});

test("an aborted upload stops with the signal's reason and completes nothing", async () => {
  const { state, client } = await startStorage({ mode: "multipart" });
  const controller = new AbortController();
  const reason = new Error("enough");
  const upload = uploadDataset(client, sourceOf(bytes(50_000)), order, {
    ...quick,
    signal: controller.signal,
    onProgress: ({ arrivedBytes }) => {
      if (arrivedBytes >= 3_000) controller.abort(reason);
    },
  });
  await expect(upload).rejects.toBe(reason);
  expect(state.parts.size).toBeLessThan(20);
  expect(state.completed).toBe(0);
});
