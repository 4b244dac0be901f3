import type { AuditEntry } from "@systemhealer/contract/audit";
import type { OperationName } from "@systemhealer/contract/operations";
import { newAuditId } from "@systemhealer/domain/ids";
import type { Done } from "../http/router.ts";

/** They change nothing that others see: addresses to fetch bytes from or to send them to, and what the pages look like. */
const notAudited: ReadonlySet<string> = new Set<OperationName>([
  "downloadDataset",
  "downloadModel",
  "downloadRun",
  "signDatasetParts",
  "createModelImport",
  "updatePreferences",
]);

const detailNames: ReadonlySet<string> = new Set([
  ...["name", "fileName", "email", "role", "datasetId", "modelId", "thenDiagnose", "labelledDatasetId"],
]);
const maxDetailCharacters = 200;

/** @returns undefined where nothing was changed */
export function auditEntry(
  { name, operation, caller, input, output, requestId }: Done,
  at: Date,
): AuditEntry | undefined {
  if (!caller || operation.method === "GET" || notAudited.has(name)) return undefined;
  return {
    schema: "audit.v1",
    workspaceId: caller.workspaceId,
    auditId: newAuditId(),
    at: at.toISOString(),
    userId: caller.userId,
    email: caller.email,
    operation: name,
    target: idOf(fieldsOf(fieldsOf(input).path)) ?? idOf(madeBy(output)) ?? null,
    details: detailsOf(fieldsOf(fieldsOf(input).body)),
    requestId,
  };
}

/** Numbers, and the texts that say what was meant. */
function detailsOf(body: Readonly<Record<string, unknown>>): AuditEntry["details"] {
  const details: AuditEntry["details"] = {};
  for (const [key, value] of Object.entries(body)) {
    if (typeof value === "number") details[key] = value;
    else if (typeof value === "string" && detailNames.has(key)) details[key] = shorten(value);
  }
  return details;
}

/** What an operation answers: the record itself, or the record of a data set beside where to send it. */
function madeBy(output: unknown): Readonly<Record<string, unknown>> {
  const fields = fieldsOf(output);
  return "dataset" in fields ? fieldsOf(fields.dataset) : fields;
}

/** A run names its model and data set too, a model its data set. */
const idNames = ["runId", "modelId", "datasetId", "userId"];

function idOf(fields: Readonly<Record<string, unknown>>): string | undefined {
  const name = idNames.find((each) => typeof fields[each] === "string");
  return name === undefined ? undefined : String(fields[name]);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function shorten(text: string): string {
  return text.length > maxDetailCharacters ? `${text.slice(0, maxDetailCharacters - 1)}…` : text;
}
