import { Logger } from "@aws-lambda-powertools/logger";

/** One JSON line per message; `error` keeps its chain of causes. */
export function createLogger(serviceName: string): Logger {
  return new Logger({ serviceName });
}
export type { Logger };
