import { describe, expect, it } from "vitest";
import { readDefinition } from "../../../local/cognito/definition.ts";
import { clientId, poolDefinition } from "./fixtures/definition.ts";

describe("The template's user pool", () => {
  it("is read with its units", () => {
    const settings = readDefinition(poolDefinition());
    expect(settings.passwordPolicy).toEqual({
      minimumLength: 12,
      requireUppercase: true,
      requireLowercase: true,
      requireNumbers: true,
      requireSymbols: true,
      temporaryPasswordValidityDays: 3,
    });
    expect(settings.clients.get(clientId)).toMatchObject({
      accessTokenSeconds: 3600,
      idTokenSeconds: 1800,
      refreshTokenSeconds: 7 * 86_400,
      challengeSeconds: 180,
      rotationGraceSeconds: undefined,
      preventUserExistenceErrors: true,
    });
    expect([...settings.groups.keys()]).toEqual(["viewer", "operator", "admin"]);
    expect(settings.attributes.get("custom:workspace")).toMatchObject({ mutable: true, maxLength: 64 });
  });

  it("counts hours for tokens and days for refresh tokens where no unit is given", () => {
    const client = { TokenValidityUnits: undefined, AccessTokenValidity: 2, RefreshTokenValidity: "7" };
    expect(readDefinition(poolDefinition({ client })).clients.get(clientId)).toMatchObject({
      accessTokenSeconds: 7200,
      refreshTokenSeconds: 7 * 86_400,
    });
  });

  it.each([
    ["a pool without e-mail as user name", { pool: { UsernameAttributes: ["phone_number"] } }, "UsernameAttributes"],
    ["required multi-factor sign-in", { pool: { MfaConfiguration: "ON" } }, "MfaConfiguration"],
    ["case-sensitive names", { pool: { UsernameConfiguration: { CaseSensitive: true } } }, "CaseSensitive"],
    ["an unserved trigger", { pool: { LambdaConfig: { CustomMessage: "arn" } } }, "CustomMessage"],
    [
      "a password history",
      { pool: { Policies: { PasswordPolicy: { PasswordHistorySize: 3 } } } },
      "PasswordHistorySize",
    ],
    [
      "recovery by an administrator only",
      { pool: { AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] } } },
      "RecoveryMechanisms",
    ],
    ["an unknown property", { pool: { Passkeys: true } }, "Passkeys"],
    [
      "links instead of codes",
      { pool: { VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK" } } },
      "DefaultEmailOption",
    ],
    ["an unresolved name", { pool: { UserPoolName: { Ref: "Stage" } } }, "UserPoolName"],
    ["a client secret", { client: { GenerateSecret: true } }, "GenerateSecret"],
    ["an unserved flow", { client: { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] } }, "ALLOW_CUSTOM_AUTH"],
    [
      "unlisted write attributes beside a custom attribute",
      { client: { WriteAttributes: undefined } },
      "WriteAttributes",
    ],
    ["write attributes outside the schema", { client: { WriteAttributes: ["custom:plan"] } }, "custom:plan"],
    ["a client that verifies addresses", { client: { WriteAttributes: ["email_verified"] } }, "WriteAttributes"],
    ["rotation beside REFRESH_TOKEN_AUTH", { client: { RefreshTokenRotation: { Feature: "ENABLED" } } }, "rotation"],
  ])("is refused with %s", (_, changes, named) => {
    expect(() => readDefinition(poolDefinition(changes))).toThrow(named);
  });
});
