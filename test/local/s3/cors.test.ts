import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bucket, startTestS3, type TestS3 } from "./support/test-s3.ts";

const origin = "http://localhost:5173";
let stack: TestS3;
beforeAll(async () => {
  stack = await startTestS3({
    buckets: [
      {
        name: bucket,
        eventBridge: false,
        cors: [
          {
            allowedOrigins: [origin, "https://*.example.org"],
            allowedMethods: ["PUT", "GET"],
            allowedHeaders: ["content-type", "if-none-match", "x-amz-*"],
            exposedHeaders: ["ETag", "x-amz-checksum-sha256"],
            maxAgeSeconds: 600,
          },
        ],
      },
      { name: "closed", eventBridge: false },
    ],
  });
});
afterAll(() => stack.close());

function preflight(name: string, headers: Record<string, string>): Promise<Response> {
  return fetch(`${stack.s3.url}/${name}/key`, { method: "OPTIONS", headers });
}

test("a preflight of an allowed origin, method and headers is answered without a signature", async () => {
  const answer = await preflight(bucket, {
    origin,
    "access-control-request-method": "PUT",
    "access-control-request-headers": "Content-Type, If-None-Match,x-amz-checksum-sha256",
  });
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "PUT, GET",
    "access-control-allow-headers": "content-type, if-none-match, x-amz-checksum-sha256",
    "access-control-expose-headers": "ETag, x-amz-checksum-sha256",
    "access-control-max-age": "600",
  });
});

test.each([
  ["another origin", bucket, { origin: "http://localhost:9999", "access-control-request-method": "PUT" }],
  ["another method", bucket, { origin, "access-control-request-method": "DELETE" }],
  [
    "another header",
    bucket,
    { origin, "access-control-request-method": "PUT", "access-control-request-headers": "x-other" },
  ],
  ["a bucket without rules", "closed", { origin, "access-control-request-method": "PUT" }],
  ["no bucket", "no-such-bucket", { origin, "access-control-request-method": "PUT" }],
])("a preflight of %s is refused", async (_, name, headers) => {
  const answer = await preflight(name, headers as Record<string, string>);
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([403, null]);
});

test("a page of an allowed origin may read the answer, also that of a refused request", async () => {
  await stack.client.send(new PutObjectCommand({ Bucket: bucket, Key: "k", Body: "x" }));
  const url = await getSignedUrl(stack.client, new GetObjectCommand({ Bucket: bucket, Key: "k" }));
  for (const [address, status] of [[url, 200] as const, [url.replace("/k?", "/l?"), 403] as const]) {
    for (const from of [origin, "https://app.example.org"]) {
      const answer = await fetch(address, { headers: { origin: from } });
      expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([status, from]);
    }
    const other = await fetch(address, { headers: { origin: "https://example.com" } });
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  }
});
