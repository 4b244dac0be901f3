import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createTables } from "../../../local/dynamodb/create-tables.ts";
import { TableStore } from "../../../local/dynamodb/table-store.ts";
import { LogFile } from "../../../local/process/log-file.ts";
import type { Json } from "../../../local/template/json.ts";
import type { Resource } from "../../../local/template/resource.ts";
import { temporaryFolder } from "../temporary-folder.ts";

function table(changes: Record<string, Json> = {}): Resource {
  return {
    stack: "data",
    logicalId: "Table",
    type: "AWS::DynamoDB::Table",
    ref: "records",
    attributes: {},
    properties: {
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      AttributeDefinitions: [
        { AttributeName: "statusPk", AttributeType: "S" },
        { AttributeName: "pk", AttributeType: "S" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-status",
          KeySchema: [{ AttributeName: "statusPk", KeyType: "HASH" }],
          Projection: { ProjectionType: "ALL" },
        },
      ],
      ...changes,
    },
  };
}

async function open(folder: string): Promise<TableStore> {
  const store = await TableStore.start(join(folder, "tables"), new LogFile(join(folder, "log")));
  onTestFinished(() => store.stop());
  return store;
}

test("tables are made once, and items outlive a restart", async () => {
  const folder = temporaryFolder();
  const first = await open(folder);
  await createTables(first, [table()]);
  const Item = { pk: { S: "WS#1" }, statusPk: { S: "ready" } };
  await first.send("PutItem", { TableName: "records", Item });
  await first.stop();

  const second = await open(folder);
  await createTables(second, [table()]);
  expect(await second.send("GetItem", { TableName: "records", Key: { pk: { S: "WS#1" } } })).toEqual({ Item });
});

test("nobody else on this machine is answered, a page of another origin in a browser neither", async () => {
  const store = await open(temporaryFolder());
  await createTables(store, [table()]);
  const url = `http://127.0.0.1:${store.port}/`;
  const headers = {
    origin: "https://elsewhere.example",
    authorization: "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b",
    "x-amz-date": "20000101T000000Z",
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "DynamoDB_20120810.ListTables",
  };
  for (const request of [
    { method: "POST", headers, body: "{}" },
    { method: "POST", headers: { ...headers, "x-store-key": "0".repeat(64) }, body: "{}" },
    { method: "OPTIONS", headers: { ...headers, "access-control-request-method": "POST" } },
  ]) {
    const answer = await fetch(url, request);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(await answer.text()).toBe("");
  }
});

test("a stored table with other keys or indexes is refused rather than misread", async () => {
  const store = await open(temporaryFolder());
  await createTables(store, [table()]);
  const otherKey = table({
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    AttributeDefinitions: [
      { AttributeName: "id", AttributeType: "S" },
      { AttributeName: "statusPk", AttributeType: "S" },
    ],
  });
  await expect(createTables(store, [otherKey])).rejects.toThrow("data/Table: the stored table records has other keys");
});
