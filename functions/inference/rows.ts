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
    // Lambda takes events of 6 MB, in which the quotes of the body are escaped once more.
    maxBodyBytes: 5 * 1024 ** 2,
  },
);
