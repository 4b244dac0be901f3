import { cognitoAccounts } from "@systemhealer/platform/cognito-accounts";
import { dynamoAuditLog } from "@systemhealer/platform/dynamo-audit-log";
import { dynamoTable } from "@systemhealer/platform/dynamo-table";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { s3Transfers } from "@systemhealer/platform/s3-transfers";
import { stepFunctionsWorkflows } from "@systemhealer/platform/step-functions-workflows";
import { createRouter } from "../http/router.ts";
import { auditEntry } from "./audit-entry.ts";
import { handlers } from "./handlers.ts";
import type { Services } from "./services.ts";

const env = parseEnvironment(functionEnvironments["api/main"], process.env);

const services: Services = {
  ...recordStores(env.TABLE_NAME),
  accounts: cognitoAccounts(env.USER_POOL_ID),
  audit: dynamoAuditLog(dynamoTable(env.TABLE_NAME), env.AUDIT_DAYS),
  objects: s3ObjectStore(env.BUCKET_NAME),
  transfers: s3Transfers(env.BUCKET_NAME, { downloadSeconds: env.DOWNLOAD_SECONDS }),
  workflows: stepFunctionsWorkflows({
    ingest: env.INGEST_STATE_MACHINE_ARN,
    training: env.TRAINING_STATE_MACHINE_ARN,
    diagnosis: env.DIAGNOSIS_STATE_MACHINE_ARN,
  }),
  limits: env.LIMITS,
  installation: {
    apiUrl: "/",
    region: env.USER_POOL_ID.slice(0, env.USER_POOL_ID.indexOf("_")),
    userPoolId: env.USER_POOL_ID,
    userPoolClientId: env.USER_POOL_CLIENT_ID,
    cognitoEndpoint: env.COGNITO_ENDPOINT,
  },
  bucketName: env.BUCKET_NAME,
  uploadSeconds: env.UPLOAD_SECONDS,
};

export const handler = createRouter(handlers, {
  services: () => services,
  logger: createLogger("api"),
  maxBodyBytes: 256 * 1024,
  async onDone(done, { audit, clock }) {
    const entry = auditEntry(done, clock());
    if (entry) await audit.append(entry);
  },
});
