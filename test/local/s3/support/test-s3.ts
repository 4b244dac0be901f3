import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { loadPolicy } from "../../../../local/iam/load-policy.ts";
import { administratorPolicy } from "../../../../local/iam/policy.ts";
import type { ObjectCreatedEvent } from "../../../../local/s3/events/object-created-event.ts";
import { type RunningS3, type S3Options, startS3 } from "../../../../local/s3/start-s3.ts";
import { MemoryCredentialStore } from "../../../../local/sigv4/credential-store.ts";

export const region = "eu-central-1";
export const bucket = "test-data";

export interface TestS3 {
  readonly s3: RunningS3;
  readonly directory: string;
  readonly events: ObjectCreatedEvent[];
  readonly errors: unknown[];
  readonly credentials: MemoryCredentialStore;
  /** A client of the operator. */
  readonly client: S3Client;
  /** A client of a role with these statements. */
  clientOf(statements: readonly object[]): S3Client;
  clientWith(config: S3ClientConfig): S3Client;
  close(): Promise<void>;
}

/** The server on a free port with a folder of its own, and clients of the unmodified SDK. */
export async function startTestS3(
  options: Partial<S3Options> = {},
  config: { readonly keepDirectory?: boolean } = {},
): Promise<TestS3> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), "s3-")));
  const credentials = new MemoryCredentialStore();
  credentials.set("AKOPERATOR", {
    secret: "operator-secret",
    principal: { arn: "arn:aws:iam::000000000000:user/operator", policies: [administratorPolicy] },
  });
  const events: ObjectCreatedEvent[] = [];
  const errors: unknown[] = [];
  const s3 = await startS3({
    port: 0,
    region,
    credentials,
    buckets: [{ name: bucket, eventBridge: true }],
    onObjectCreated: async (event) => void events.push(event),
    onError: (error) => errors.push(error),
    ...options,
    directory,
  });
  const clients: S3Client[] = [];
  const clientWith = (config: S3ClientConfig) => {
    const client = new S3Client({
      region,
      endpoint: s3.url,
      credentials: { accessKeyId: "AKOPERATOR", secretAccessKey: "operator-secret" },
      maxAttempts: 1,
      ...config,
    });
    clients.push(client);
    return client;
  };
  return {
    s3,
    directory,
    events,
    errors,
    credentials,
    client: clientWith({}),
    clientWith,
    clientOf: (statements) => {
      const accessKeyId = `AKROLE${clients.length}`;
      const policy = loadPolicy({ Version: "2012-10-17", Statement: statements });
      const arn = `arn:aws:sts::000000000000:assumed-role/role-${clients.length}/session`;
      credentials.set(accessKeyId, { secret: "role-secret", principal: { arn, policies: [policy] } });
      return clientWith({ credentials: { accessKeyId, secretAccessKey: "role-secret" } });
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await s3.close();
      if (!config.keepDirectory) await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Bytes that are the same each time and do not repeat within any chunk. */
export function someBytes(length: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(length);
  let state = 0x9e3779b9;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** Waits, at most ten seconds, until something holds. */
export async function eventually(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("It did not come to hold within ten seconds");
}

export async function errorOf(promise: Promise<unknown>): Promise<{ name: string; status: number | undefined }> {
  try {
    await promise;
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
    return { name, status: $metadata?.httpStatusCode };
  }
  throw new Error("It did not fail");
}
