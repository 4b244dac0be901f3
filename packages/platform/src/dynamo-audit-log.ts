import { AuditEntry } from "@systemhealer/contract/audit";
import type { AuditLog } from "@systemhealer/domain/ports/audit-log";
import { auditKey, partition } from "./dynamo-keys.ts";
import { filterOf, queryPage } from "./dynamo-page.ts";
import { createItem } from "./dynamo-records.ts";
import type { DynamoTable } from "./dynamo-table.ts";

/** @param days that an entry is kept; the table removes it some time after */
export function dynamoAuditLog(table: DynamoTable, days: number): AuditLog {
  return {
    async append(entry) {
      const ttl = Math.floor(Date.parse(entry.at) / 1000) + days * 86_400;
      await createItem(table, auditKey(entry.workspaceId, entry.auditId), { ...entry, ttl });
    },
    list(workspaceId, { actor, operation }, page) {
      return queryPage(
        table,
        {
          query: {
            KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
            ...filterOf(
              actor !== undefined && "(userId = :actor OR email = :actor)",
              operation !== undefined && "#operation = :operation",
            ),
            ...(operation !== undefined && { ExpressionAttributeNames: { "#operation": "operation" } }),
            ExpressionAttributeValues: {
              ":pk": partition(workspaceId),
              ":prefix": "AUDIT#",
              ...(actor !== undefined && { ":actor": actor }),
              ...(operation !== undefined && { ":operation": operation }),
            },
          },
          list: [workspaceId, "audit", actor, operation],
          startKey: (id) => ({ ...auditKey(workspaceId, id) }),
          idPattern: /^\w{26}$/,
          idOf: (entry) => entry.auditId,
          parse: (item) => AuditEntry.parse(item),
        },
        page,
      );
    },
  };
}
