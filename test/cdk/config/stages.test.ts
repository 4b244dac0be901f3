import { expect, test } from "vitest";
import { StageError, stageConfig } from "../../../cdk/config/stages.ts";

test("without a word it is dev", () => {
  expect(stageConfig({}).name).toBe("dev");
});

test("prod keeps its data and lets nobody sign up", () => {
  expect(stageConfig({ stage: "prod" })).toMatchObject({ keepData: true, selfSignUp: false, threatProtection: true });
});

test("what belongs to one account comes from the context", () => {
  const config = stageConfig({ stage: "prod", portalOrigins: "https://a.example", alertEmail: "ops@example.com" });
  expect(config.portalOrigins).toEqual(["https://a.example"]);
  expect(config.alerts).toEqual({ email: "ops@example.com", monthlyBudgetUsd: undefined });
});

test.each([
  { stage: "test" },
  { alertEmail: "nobody" },
  { portalOrigins: "a.example" },
  { monthlyBudgetUsd: "50" },
  { alertEmail: "ops@example.com", monthlyBudgetUsd: "much" },
])("%o is refused", (context) => {
  expect(() => stageConfig(context)).toThrow(StageError);
});

test("a name of one's own comes with a certificate of us-east-1, or not at all", () => {
  const certificate = (region: string) => `arn:aws:acm:${region}:111122223333:certificate/1a2b`;
  const own = { portalDomain: "heal.example.com", portalCertificateArn: certificate("us-east-1") };
  expect(stageConfig({ stage: "prod", ...own }).portal.domain).toEqual({
    name: own.portalDomain,
    certificateArn: own.portalCertificateArn,
  });
  expect(stageConfig({ stage: "prod" }).portal).not.toHaveProperty("domain");
  for (const wrong of [
    { portalDomain: "heal.example.com" },
    { portalHostedZoneId: "Z1" },
    { ...own, portalDomain: "https://heal.example.com" },
    { ...own, portalCertificateArn: certificate("eu-central-1") },
  ]) {
    expect(() => stageConfig({ stage: "prod", ...wrong })).toThrow(StageError);
  }
});
