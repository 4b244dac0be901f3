import { DeleteCommand, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ConflictError, VersionConflictError } from "@systemhealer/domain/errors";
import { type DynamoTable, type ItemKey, ifConditionHolds } from "./dynamo-table.ts";

/** @returns false where there is no such record, or it is not in the status */
export async function addUser(table: DynamoTable, key: ItemKey, user: string, status?: string): Promise<boolean> {
  const done = await ifConditionHolds(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: "ADD usedBy :user",
        ConditionExpression: status === undefined ? "attribute_exists(pk)" : "#status = :status",
        ...(status !== undefined && { ExpressionAttributeNames: { "#status": "status" } }),
        ExpressionAttributeValues: { ":user": new Set([user]), ...(status !== undefined && { ":status": status }) },
      }),
    ),
  );
  return done !== undefined;
}

export async function removeUser(table: DynamoTable, key: ItemKey, user: string): Promise<void> {
  await ifConditionHolds(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: "DELETE usedBy :user",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":user": new Set([user]) },
      }),
    ),
  );
}

/** @throws ConflictError naming the first user; VersionConflictError when the version is not the one given */
export async function deleteUnused(
  table: DynamoTable,
  key: ItemKey,
  record: { readonly kind: "dataset" | "model"; readonly id: string; readonly version?: number },
): Promise<void> {
  const { version } = record;
  const condition = "attribute_not_exists(pk) OR attribute_not_exists(usedBy)";
  const done = await ifConditionHolds(
    table.client.send(
      new DeleteCommand({
        TableName: table.name,
        Key: key,
        ConditionExpression:
          version === undefined
            ? condition
            : "attribute_not_exists(pk) OR (attribute_not_exists(usedBy) AND #version = :version)",
        ...(version !== undefined && {
          ExpressionAttributeNames: { "#version": "version" },
          ExpressionAttributeValues: { ":version": version },
        }),
      }),
    ),
  );
  if (done) return;
  const { Item } = await table.client.send(new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
  const [user] = readUsers(Item);
  if (user === undefined) throw new VersionConflictError(record.id);
  throw new ConflictError(`${record.kind}-in-use`, { id: record.id, user });
}

export function readUsers(item: Record<string, unknown> | undefined): string[] {
  return item?.usedBy instanceof Set ? [...(item.usedBy as Set<string>)].sort() : [];
}
