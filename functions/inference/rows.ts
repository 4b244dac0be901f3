import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { createLogger } from "@systemhealer/platform/logger";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { createRouter } from "../http/router.ts";
import { diagnoseRows } from "./diagnose-rows.ts";
import { ModelCache } from "./model-cache.ts";

const env = parseEnvironment(functionEnvironments["inference/rows"], process.env);
const { models, workspaces } = recordStores(env.TABLE_NAME);
const services = {
  models,
  workspaces,
  limits: env.LIMITS,
  cache: new ModelCache(s3ObjectStore(env.BUCKET_NAME)),
};

export const handler = createRouter(
  { diagnoseRows },
  {
    services: () => services,
    logger: createLogger("inference"),
    // As much as Lambda takes.
    maxBodyBytes: 6 * 1024 ** 2,
  },
);
