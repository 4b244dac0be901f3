import { DeleteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { StoredPreferences } from "@systemhealer/contract/preferences";
import type { PreferenceStore } from "@systemhealer/domain/ports/preference-store";
import { preferencesKey } from "./dynamo-keys.ts";
import { findItem } from "./dynamo-records.ts";
import type { DynamoTable } from "./dynamo-table.ts";

export function dynamoPreferenceStore(table: DynamoTable): PreferenceStore {
  return {
    async find(owner) {
      const item = await findItem(table, preferencesKey(owner));
      return item && StoredPreferences.parse(item);
    },
    async change(owner, change, at) {
      const { workspaceId, userId } = owner;
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const removed = given.filter(([, value]) => value === null).map(([name]) => name);
      const set: readonly (readonly [string, unknown])[] = [
        ...given.filter(([, value]) => value !== null),
        ...Object.entries({ schema: "preferences.v1", workspaceId, userId, updatedAt: at }),
      ];
      const sets = set.map(([name]) => `#${name} = :${name}`).join(", ");
      const removes = removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(", ")}` : "";
      const { Attributes } = await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: preferencesKey(owner),
          UpdateExpression: `SET ${sets}${removes}`,
          ExpressionAttributeNames: Object.fromEntries(
            [...set.map(([name]) => name), ...removed].map((name) => [`#${name}`, name]),
          ),
          ExpressionAttributeValues: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
          ReturnValues: "ALL_NEW",
        }),
      );
      return StoredPreferences.parse(Attributes);
    },
    async delete(owner) {
      await table.client.send(new DeleteCommand({ TableName: table.name, Key: preferencesKey(owner) }));
    },
  };
}
