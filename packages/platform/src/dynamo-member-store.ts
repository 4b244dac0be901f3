import { Member } from "@systemhealer/contract/member";
import type { MemberStore } from "@systemhealer/domain/ports/member-store";
import { memberKey, partition } from "./dynamo-keys.ts";
import { queryPage } from "./dynamo-page.ts";
import { createItem, findItem, replaceItem } from "./dynamo-records.ts";
import type { DynamoTable } from "./dynamo-table.ts";

/** A removed member is forgotten after this time, long after the last token has ended. */
const removedSeconds = 30 * 86_400;

export function dynamoMemberStore(table: DynamoTable): MemberStore {
  const parse = (item: Record<string, unknown>): Member => Member.parse(item);
  return {
    async find(workspaceId, userId) {
      const item = await findItem(table, memberKey(workspaceId, userId));
      return item && parse(item);
    },
    create: (member) => createItem(table, memberKey(member.workspaceId, member.userId), member),
    replace(next) {
      const ttl = Math.floor(Date.parse(next.updatedAt) / 1000) + removedSeconds;
      const item = { ...next, ...(next.status === "removed" && { ttl }) };
      return replaceItem(table, memberKey(next.workspaceId, next.userId), item);
    },
    list(workspaceId, page) {
      return queryPage(
        table,
        {
          query: {
            KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
            FilterExpression: "#status <> :removed",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: { ":pk": partition(workspaceId), ":prefix": "MEMBER#", ":removed": "removed" },
          },
          list: [workspaceId, "members"],
          startKey: (id) => ({ ...memberKey(workspaceId, id) }),
          idPattern: /^[\w-]{1,128}$/,
          idOf: (member) => member.userId,
          parse,
        },
        page,
      );
    },
  };
}
