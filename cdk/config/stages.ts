import { defaultLimits } from "@systemhealer/contract/limits";
import { z } from "zod";
import { StageConfig } from "./stage.ts";

const dev: StageConfig = {
  name: "dev",
  portal: { priceClass: "europe-and-north-america" },
  portalOrigins: ["http://localhost:5173"],
  keepData: false,
  logRetentionDays: 14,
  selfSignUp: true,
  threatProtection: false,
  limits: defaultLimits,
  downloadSeconds: 300,
  uploadSeconds: 86_400,
  heartbeatSeconds: 120,
  auditDays: 90,
  dropDays: 30,
  formerVersionDays: 7,
  api: { requestsPerSecond: 50, burst: 100, memoryMiB: 512, inferenceMemoryMiB: 1_769 },
  validation: { memoryMiB: 1_769 },
  diagnosis: { memoryMiB: 1_769, maxConcurrency: 10 },
  training: { cpu: 2048, memoryMiB: 8_192, maxHours: 6 },
  alerts: {},
};

const prod: StageConfig = {
  ...dev,
  name: "prod",
  portal: { priceClass: "everywhere" },
  portalOrigins: [],
  keepData: true,
  logRetentionDays: 365,
  auditDays: 731,
  formerVersionDays: 90,
  selfSignUp: false,
  threatProtection: true,
  api: { requestsPerSecond: 500, burst: 1_000, memoryMiB: 1_024, inferenceMemoryMiB: 1_769 },
  validation: { memoryMiB: 3_008 },
  diagnosis: { memoryMiB: 3_008, maxConcurrency: 40 },
  training: { cpu: 4096, memoryMiB: 16_384, maxHours: 24 },
};

/** A laptop: the shape of `dev`, with values that fit two cores. */
const local: StageConfig = {
  ...dev,
  name: "local",
  portalOrigins: ["http://localhost:5173", "http://127.0.0.1:5173"],
  heartbeatSeconds: 20,
  api: { requestsPerSecond: 10_000, burst: 10_000, memoryMiB: 512, inferenceMemoryMiB: 1_769 },
  diagnosis: { memoryMiB: 1_769, maxConcurrency: 2 },
};

const stages = { dev, prod, local } as const;

export class StageError extends Error {
  override readonly name = "StageError";
}

const Settings = z.object({
  stage: z.enum(["dev", "prod", "local"]).default("dev"),
  portalDomain: z.string().optional(),
  portalCertificateArn: z.string().optional(),
  portalHostedZoneId: z.string().optional(),
  portalOrigins: z
    .string()
    .transform((list) => list.split(","))
    .optional(),
  alertEmail: z.string().optional(),
  monthlyBudgetUsd: z.coerce.number().optional(),
});

/**
 * @param context `stage`, and values that belong to one account and are therefore not written here:
 *   `portalDomain` with `portalCertificateArn` and, where Route 53 holds it, `portalHostedZoneId`,
 *   `portalOrigins` (comma-separated), `alertEmail`, `monthlyBudgetUsd`
 * @throws StageError naming what is wrong
 */
export function stageConfig(context: Readonly<Record<string, unknown>>): StageConfig {
  const settings = Settings.safeParse(context);
  if (!settings.success) throw new StageError(z.prettifyError(settings.error), { cause: settings.error });
  const { stage, portalOrigins, alertEmail, monthlyBudgetUsd } = settings.data;
  const domain = domainOf(settings.data);
  const config = StageConfig.safeParse({
    ...stages[stage],
    ...(domain && { portal: { ...stages[stage].portal, domain } }),
    ...(portalOrigins && { portalOrigins }),
    alerts: { email: alertEmail, monthlyBudgetUsd },
  });
  if (!config.success) throw new StageError(z.prettifyError(config.error), { cause: config.error });
  if (monthlyBudgetUsd !== undefined && alertEmail === undefined) {
    throw new StageError("monthlyBudgetUsd needs alertEmail: a budget that tells nobody is of no use");
  }
  return config.data;
}

function domainOf(settings: z.infer<typeof Settings>): StageConfig["portal"]["domain"] {
  const { portalDomain: name, portalCertificateArn: certificateArn, portalHostedZoneId: hostedZoneId } = settings;
  if (name !== undefined && certificateArn !== undefined) return { name, certificateArn, hostedZoneId };
  if (name === undefined && certificateArn === undefined && hostedZoneId === undefined) return undefined;
  throw new StageError("portalDomain and portalCertificateArn are given together");
}
