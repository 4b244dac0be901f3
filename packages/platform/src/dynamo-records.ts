import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
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

/** Attributes that a record may have, and those among them that others than `updateItem` write. */
export interface Attributes {
  readonly all: ReadonlySet<string>;
  readonly kept: ReadonlySet<string>;
}

/**
 * Sets what the record has and removes what the former state had beyond it; kept attributes stay as they are.
 * @throws VersionConflictError naming `record`, unless the stored version is the one before `item.version`
 */
export async function updateItem(
  table: DynamoTable,
  key: ItemKey,
  item: Item & { version: number },
  { all, kept }: Attributes,
  record: string,
): Promise<void> {
  const written = Object.keys(item).filter((name) => !kept.has(name) && item[name] !== undefined);
  const removed = [...all].filter((name) => !kept.has(name) && item[name] === undefined);
  const sets = written.map((name) => `#${name} = :${name}`).join(", ");
  const update = new UpdateCommand({
    TableName: table.name,
    Key: key,
    UpdateExpression: `SET ${sets}${removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(", ")}` : ""}`,
    ConditionExpression: "#version = :former",
    ExpressionAttributeNames: Object.fromEntries([...written, ...removed].map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(written.map((name) => [`:${name}`, item[name]])),
      ":former": item.version - 1,
    },
  });
  if (!(await ifConditionHolds(table.client.send(update)))) throw new VersionConflictError(record);
}
