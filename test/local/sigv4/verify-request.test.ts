import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { DescribeTableCommand, DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MemoryCredentialStore } from "../../../local/sigv4/credential-store.ts";
import { SignatureError } from "../../../local/sigv4/signature-error.ts";
import { verifyRequest } from "../../../local/sigv4/verify-request.ts";

const credentials = new MemoryCredentialStore();
credentials.set("AKROLE", {
  secret: "role-secret",
  sessionToken: "token of the role",
  principal: { arn: "arn:aws:sts::000000000000:assumed-role/worker/1", policies: [] },
});
const good = { accessKeyId: "AKROLE", secretAccessKey: "role-secret", sessionToken: "token of the role" };

let server: Server;
let endpoint: string;
/** Answers with who signed, as a DynamoDB table's or a topic message's name. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const service = request.headers["x-amz-target"]?.toString().startsWith("DynamoDB") ? "dynamodb" : "sns";
    try {
      const { arn } = verifyRequest(request, Buffer.concat(chunks), { service, region: "eu-central-1", credentials });
      if (service === "dynamodb") return response.end(JSON.stringify({ Table: { TableName: arn } }));
      response.end(`<PublishResponse><PublishResult><MessageId>${arn}</MessageId></PublishResult></PublishResponse>`);
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      response.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
      response.end(JSON.stringify({ __type: error.jsonCode, message: error.message }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function describeTable(config: DynamoDBClientConfig) {
  const client = new DynamoDBClient({ region: "eu-central-1", endpoint, credentials: good, maxAttempts: 1, ...config });
  return client.send(new DescribeTableCommand({ TableName: "t" })).finally(() => client.destroy());
}

async function errorName(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "no error",
    (error: unknown) => (error as Error).name,
  );
}

test("tells who signed a request of the JSON or the query protocol", async () => {
  const { Table } = await describeTable({});
  expect(Table?.TableName).toBe("arn:aws:sts::000000000000:assumed-role/worker/1");
  const sns = new SNSClient({ region: "eu-central-1", endpoint, credentials: good });
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn: "arn:aws:sns:x:y:z", Message: "ä & b" }));
  sns.destroy();
  expect(MessageId).toBe("arn:aws:sts::000000000000:assumed-role/worker/1");
});

test.each([
  ["a wrong secret", { credentials: { ...good, secretAccessKey: "x" } }, "InvalidSignatureException"],
  ["an unknown key", { credentials: { ...good, accessKeyId: "AKNONE" } }, "UnrecognizedClientException"],
  ["a wrong session token", { credentials: { ...good, sessionToken: "x" } }, "UnrecognizedClientException"],
  [
    "no session token",
    { credentials: { accessKeyId: "AKROLE", secretAccessKey: "role-secret" } },
    "UnrecognizedClientException",
  ],
  ["a clock that is off", { systemClockOffset: 16 * 60 * 1000 }, "InvalidSignatureException"],
  ["another region", { region: "us-east-1" }, "IncompleteSignatureException"],
] as const)("refuses %s", async (_, config, name) => {
  expect(await errorName(describeTable(config))).toBe(name);
});

test("refuses a request without a signature", async () => {
  const answer = await fetch(endpoint, { method: "POST", headers: { "x-amz-target": "DynamoDB_20120810.ListTables" } });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("MissingAuthenticationToken")]);
});

test("refuses a body that was changed on the way", async () => {
  const client = new DynamoDBClient({ region: "eu-central-1", endpoint, credentials: good, maxAttempts: 1 });
  client.middlewareStack.add(
    (next) => (args) => {
      Object.assign(args.request as object, { body: '{"TableName":"u"}' });
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  expect(await errorName(client.send(new DescribeTableCommand({ TableName: "t" })))).toBe("InvalidSignatureException");
  client.destroy();
});
