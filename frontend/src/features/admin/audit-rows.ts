import type { AuditEntryView } from "@systemhealer/contract/audit";

/** What an order said more, in the order of its names. */
export function detailsText(details: AuditEntryView["details"]): string {
  return Object.entries(details)
    .filter(([name]) => name !== "version" && name !== "revision")
    .map(([name, value]) => `${name}: ${value}`)
    .join(", ");
}

/** Lines of the CSV file: times as ISO 8601 in UTC, operations by their names in the API. */
export function auditLines(entries: readonly AuditEntryView[]): string[][] {
  return [
    ["at", "email", "userId", "operation", "target", "details", "requestId"],
    ...entries.map(({ at, email, userId, operation, target, details, requestId }) => [
      ...[at, email, userId, operation, target ?? "", JSON.stringify(details), requestId],
    ]),
  ];
}

/** Page of the portal for what an entry is about, where there may be one. */
export function pageOf({ target, operation }: Pick<AuditEntryView, "target" | "operation">): string | undefined {
  if (target === null || operation.startsWith("delete")) return undefined;
  if (target.startsWith("ds-")) return `/data/${target}`;
  if (target.startsWith("run-")) return `/runs/${target}`;
  if (target.startsWith("mdl-")) return `/models/${target}`;
  return undefined;
}
