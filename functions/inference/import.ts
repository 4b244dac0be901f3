import { dynamoAuditLog } from "@systemhealer/platform/dynamo-audit-log";
import { dynamoTable } from "@systemhealer/platform/dynamo-table";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { auditEntry } from "../api/audit-entry.ts";
import { createRouter } from "../http/router.ts";
import { completeModelImport, type ImportServices } from "./complete-model-import.ts";

const env = parseEnvironment(functionEnvironments["inference/import"], process.env);
const services: ImportServices = {
  ...recordStores(env.TABLE_NAME),
  objects: s3ObjectStore(env.BUCKET_NAME),
  audit: dynamoAuditLog(dynamoTable(env.TABLE_NAME), env.AUDIT_DAYS),
};

/** A function of its own: a file from anywhere is opened where nothing else is. */
export const handler = createRouter(
  { completeModelImport },
  {
    services: () => services,
    logger: createLogger("import"),
    maxBodyBytes: 16 * 1024,
    async onDone(done, { audit, clock }) {
      const entry = auditEntry(done, clock());
      if (entry) await audit.append(entry);
    },
  },
);
