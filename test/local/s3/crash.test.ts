import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bucket, region, someBytes, startTestS3 } from "./support/test-s3.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "s3-crash-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

interface ServerProcess {
  readonly child: ChildProcess;
  readonly client: S3Client;
  /** Keys of the events it was handed. */
  readonly events: string[];
  kill(): Promise<void>;
}

async function startProcess(): Promise<ServerProcess> {
  const program = fileURLToPath(new URL("./support/crashing-s3.ts", import.meta.url));
  const child = spawn(process.execPath, [program, directory, bucket, region], { stdio: ["ignore", "pipe", "inherit"] });
  const events: string[] = [];
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}`)));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const [kind, text = ""] = line.split(" ");
      if (kind === "url") resolve(text);
      else events.push(text);
    });
  });
  const client = new S3Client({
    region,
    endpoint,
    maxAttempts: 1,
    credentials: { accessKeyId: "AKOPERATOR", secretAccessKey: "operator-secret" },
  });
  return {
    child,
    client,
    events,
    kill: async () => {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      client.destroy();
    },
  };
}

test("killed amid writes, it keeps every object that it answered for, whole, and none by half", async () => {
  const acknowledged = new Set<string>();
  const tried = new Map<string, number>();
  const handed = new Set<string>();
  for (let round = 0; round < 3; round++) {
    const server = await startProcess();
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let i = 0; i < 1000; i++) {
        const key = `${round}-${writer}-${i}`;
        const size = 1000 + writer * 60_000;
        tried.set(key, size);
        await server.client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: someBytes(size) }));
        acknowledged.add(key);
      }
    });
    const ended = Promise.allSettled(writers);
    const goal = acknowledged.size + 20;
    for (let i = 0; i < 1000 && acknowledged.size < goal; i++) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.kill();
    await ended;
    for (const key of server.events) handed.add(key);
  }

  const stack = await startTestS3({ directory });
  const { Contents = [], IsTruncated } = await stack.client.send(new ListObjectsV2Command({ Bucket: bucket }));
  expect(IsTruncated).toBe(false);
  const found = Contents.map(({ Key = "" }) => Key);
  expect(acknowledged.size).toBeGreaterThanOrEqual(60);
  expect([...acknowledged].filter((key) => !found.includes(key))).toEqual([]);
  for (const key of found) {
    const { Body } = await stack.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = Buffer.from(await Body!.transformToByteArray());
    expect(bytes.equals(someBytes(tried.get(key)!))).toBe(true);
  }
  const blobs = await readdir(join(directory, `bucket-${bucket}`, "blobs"));
  expect(blobs).toHaveLength(found.length);
  for (let i = 0; i < 500 && (await readdir(join(directory, "outbox"))).length > 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  for (const { detail } of stack.events) handed.add(detail.object.key);
  expect([...handed].sort()).toEqual([...found].sort());
  await stack.close();
}, 60_000);

test("an upload goes on after a kill, without its finished parts being sent again", async () => {
  const target = { Bucket: bucket, Key: "resumed" };
  const parts = [someBytes(5 * 1024 * 1024), someBytes(1234)] as const;
  const first = await startProcess();
  const { UploadId } = await first.client.send(new CreateMultipartUploadCommand(target));
  const one = await first.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: parts[0] }));
  await first.kill();

  const stack = await startTestS3({ directory });
  const two = await stack.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 2, Body: parts[1] }));
  const Parts = [one, two].map(({ ETag }, i) => ({ ETag, PartNumber: i + 1 }));
  await stack.client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  const { Body } = await stack.client.send(new GetObjectCommand(target));
  expect(Buffer.from(await Body!.transformToByteArray()).equals(Buffer.concat(parts))).toBe(true);
  await stack.close();
});
