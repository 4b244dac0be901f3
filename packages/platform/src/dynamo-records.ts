import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError, NotFoundError, VersionConflictError } from "@systemhealer/domain/errors";
import { type DynamoTable, type ItemKey, ifConditionHolds } from "./dynamo-table.ts";

type Item = Record<string, unknown>;

/** @throws ConflictError when there is one with the key already */
export async function createItem(table: DynamoTable, key: ItemKey, item: Item): Promise<void> {
  const put = new PutCommand({
    TableName: table.name,
    Item: { ...item, ...key },
    ConditionExpression: "attribute_not_exists(pk)",
  });
  if (!(await ifConditionHolds(table.client.send(put)))) throw new ConflictError("already-exists", { record: key.sk });
}

/** Strongly consistent. */
export async function findItem(table: DynamoTable, key: ItemKey): Promise<Item | undefined> {
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  return Item;
}

/** @throws NotFoundError */
export async function getItem(
  table: DynamoTable,
  key: ItemKey,
  record: "dataset" | "model" | "run",
  id: string,
): Promise<Item> {
  const item = await findItem(table, key);
  if (!item) throw new NotFoundError(`${record}-not-found`, { id });
  return item;
}

/** @throws VersionConflictError unless the stored version is the one before `item.version` */
export async function replaceItem(table: DynamoTable, key: ItemKey, item: Item & { version: number }): Promise<void> {
  const put = new PutCommand({
    TableName: table.name,
    Item: { ...item, ...key },
    ConditionExpression: "#version = :former",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":former": item.version - 1 },
  });
  if (!(await ifConditionHolds(table.client.send(put)))) throw new VersionConflictError(key.sk);
}
