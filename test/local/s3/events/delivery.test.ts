import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ObjectCreatedEvent } from "../../../../local/s3/events/object-created-event.ts";
import { bucket, errorOf, eventually, region, someBytes, startTestS3 } from "../support/test-s3.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "s3-events-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const put = (Key: string, more = {}) => new PutObjectCommand({ Bucket: bucket, Key, Body: "abc", ...more });
const outbox = () => readdir(join(directory, "outbox"));

async function outboxIsEmpty(): Promise<void> {
  for (let i = 0; i < 500 && (await outbox()).length > 0; i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await outbox()).toEqual([]);
}

describe("Object Created", () => {
  test("comes once for each object that came to be, and for nothing else", async () => {
    const stack = await startTestS3({ directory });
    await stack.client.send(put("put key ä"));
    await stack.client.send(put("once", { IfNoneMatch: "*" }));
    await errorOf(stack.client.send(put("once", { IfNoneMatch: "*" })));
    await errorOf(stack.client.send(put("bad", { ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==" })));
    await stack.client.send(new CopyObjectCommand({ Bucket: bucket, Key: "copy", CopySource: `${bucket}/once` }));
    await stack.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: "once" }));
    const params = { Bucket: bucket, Key: "parts", Body: someBytes(6_000_000) };
    await new Upload({ client: stack.client, params }).done();
    await eventually(() => stack.events.length >= 4);
    await outboxIsEmpty();
    expect(stack.events.map(({ detail }) => [detail.reason, detail.object.key, detail.object.size])).toEqual([
      ["PutObject", "put key ä", 3],
      ["PutObject", "once", 3],
      ["CopyObject", "copy", 3],
      ["CompleteMultipartUpload", "parts", 6_000_000],
    ]);
    expect(stack.events[0]).toMatchObject({
      version: "0",
      "detail-type": "Object Created",
      source: "aws.s3",
      account: "000000000000",
      region,
      resources: [`arn:aws:s3:::${bucket}`],
      detail: { version: "0", bucket: { name: bucket }, object: { etag: "900150983cd24fb0d6963f7d28e17f72" } },
    });
    expect(new Set(stack.events.map(({ id }) => id)).size).toBe(4);
    await stack.close();
  });

  test("sequencers of a key grow", async () => {
    const stack = await startTestS3({ directory });
    for (let i = 0; i < 5; i++) await stack.client.send(put("again"));
    await eventually(() => stack.events.length === 5);
    const sequencers = stack.events.map(({ detail }) => detail.object.sequencer);
    expect([...sequencers].sort()).toEqual([...new Set(sequencers)].sort());
    await stack.close();
  });

  test("comes again, with the same id, until it is taken over", async () => {
    const seen: string[] = [];
    const stack = await startTestS3({
      directory,
      onObjectCreated: async ({ id }) => {
        seen.push(id);
        if (seen.length < 3) throw new Error("not now");
      },
    });
    await stack.client.send(put("stubborn"));
    await eventually(() => seen.length === 3);
    await outboxIsEmpty();
    expect(new Set(seen).size).toBe(1);
    expect(stack.errors).toHaveLength(2);
    await stack.close();
  });

  test("survives a stop before it was taken over", async () => {
    const first: ObjectCreatedEvent[] = [];
    const stopped = await startTestS3(
      {
        directory,
        onObjectCreated: async (event) => {
          first.push(event);
          throw new Error("not today");
        },
      },
      { keepDirectory: true },
    );
    await stopped.client.send(put("later"));
    await eventually(() => first.length > 0);
    await stopped.close();
    const started = await startTestS3({ directory });
    await eventually(() => started.events.length > 0);
    expect(started.events).toEqual([first[0]]);
    await outboxIsEmpty();
    await started.close();
  });

  test("is not sent for a bucket that does not ask for it", async () => {
    const stack = await startTestS3({ directory, buckets: [{ name: bucket, eventBridge: false }] });
    await stack.client.send(put("quiet"));
    expect(await outbox()).toEqual([]);
    await stack.close();
    expect(stack.events).toEqual([]);
  });
});
