import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { ownDomain, type Resource, resourceOf, resourcesOf, synthesize } from "../synthesis.ts";

const { data } = synthesize("prod");
const dev = synthesize("dev").data;
const local = synthesize("local").data;

function dataBucket(of: typeof data): Resource {
  return resourcesOf([of], "AWS::S3::Bucket").find(([, { Properties }]) => Properties.NotificationConfiguration)![1];
}

describe("buckets", () => {
  const buckets = resourcesOf([data], "AWS::S3::Bucket");

  test("each is encrypted and closed to the public", () => {
    expect(buckets).toHaveLength(2);
    for (const [, { Properties }] of buckets) {
      expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
        { ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
      ]);
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  test("each refuses what does not come by TLS 1.2 or later", () => {
    for (const [id] of buckets) {
      data.hasResourceProperties("AWS::S3::BucketPolicy", {
        Bucket: { Ref: id },
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Effect: "Deny",
              Action: "s3:*",
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            }),
            Match.objectLike({ Effect: "Deny", Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } } }),
          ]),
        },
      });
    }
  });

  test("the data bucket announces what arrives without a function of its own, and logs who reads it", () => {
    const { Properties } = dataBucket(data);
    expect(Properties.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
    expect(Properties.LoggingConfiguration.LogFilePrefix).toBe("data/");
    data.resourcePropertiesCountIs("Custom::S3BucketNotifications", {}, 0);
  });

  test("unfinished uploads are given up and shards go after a week, imports after a day, drops after a month, former versions after a week or, in prod, a quarter", () => {
    for (const [template, formerVersionDays] of [
      [data, 90],
      [dev, 7],
    ] as const) {
      const { LifecycleConfiguration, VersioningConfiguration } = dataBucket(template).Properties;
      const rules: readonly { Id: string }[] = LifecycleConfiguration.Rules;
      expect(rules.map(({ Id }) => Id)).toEqual([
        "abort-unfinished-uploads",
        "expire-shards",
        "expire-imports",
        "expire-drops",
        "expire-former-versions",
      ]);
      expect(rules.at(-1)).toMatchObject({ NoncurrentVersionExpiration: { NoncurrentDays: formerVersionDays } });
      expect(VersioningConfiguration).toEqual({ Status: "Enabled" });
    }
  });

  test("an import that is not completed is gone after a day", () => {
    const rules: { Id: string }[] = dataBucket(data).Properties.LifecycleConfiguration.Rules;
    expect(rules.find(({ Id }) => Id === "expire-imports")).toMatchObject({ Prefix: "imports/", ExpirationInDays: 1 });
  });

  test("records that have a time to live go by themselves", () => {
    const tables = resourcesOf([data], "AWS::DynamoDB::Table").map(([, { Properties }]) => Properties);
    expect(tables).toMatchObject([{ TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true } }]);
  });

  test("pages of the portal and of the stage's origins, and no others, may send files", () => {
    const origins = (of: typeof data) =>
      dataBucket(of).Properties.CorsConfiguration.CorsRules.flatMap((rule: { AllowedOrigins: unknown[] }) =>
        rule.AllowedOrigins.map((origin) =>
          JSON.stringify(origin).includes("PortalDistribution") ? "the portal" : origin,
        ),
      );
    expect(origins(data)).toEqual(["the portal"]);
    expect(origins(dev)).toEqual(["the portal", "http://localhost:5173"]);
    const own = synthesize("prod", { portalOrigins: "https://a.example,https://b.example" }).data;
    expect(origins(own)).toEqual(["the portal", "https://a.example", "https://b.example"]);
    const named = synthesize("prod", ownDomain).data;
    expect(origins(named)).toEqual(["https://heal.example.com", "the portal"]);
  });

  test("its name is told by stage, account and region, so that the portal's policy can name it", () => {
    expect(dataBucket(data).Properties.BucketName).toEqual({
      "Fn::Join": ["", ["systemhealer-prod-data-", { Ref: "AWS::AccountId" }, "-", { Ref: "AWS::Region" }]],
    });
  });
});

describe("table", () => {
  test("its keys and indexes are those that the stores use", () => {
    data.hasResourceProperties("AWS::DynamoDB::Table", {
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        Match.objectLike({
          IndexName: "by-status",
          KeySchema: [
            { AttributeName: "statusPk", KeyType: "HASH" },
            { AttributeName: "statusSk", KeyType: "RANGE" },
          ],
        }),
        Match.objectLike({
          IndexName: "active",
          KeySchema: [
            { AttributeName: "activePk", KeyType: "HASH" },
            { AttributeName: "activeSk", KeyType: "RANGE" },
          ],
        }),
      ],
    });
  });

  test("it is encrypted and can be restored to any second, in every stage", () => {
    for (const template of [data, dev, local]) {
      template.hasResourceProperties("AWS::DynamoDB::Table", {
        BillingMode: "PAY_PER_REQUEST",
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
  });
});

describe("what must not be lost", () => {
  const stateful = ["AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::Cognito::UserPool"];

  test("is kept in prod when the stack goes, and refuses deletion", () => {
    for (const type of stateful) {
      for (const [, resource] of resourcesOf([data], type)) {
        expect(resource).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
      }
    }
    data.hasResourceProperties("AWS::DynamoDB::Table", { DeletionProtectionEnabled: true });
    data.hasResourceProperties("AWS::Cognito::UserPool", { DeletionProtection: "ACTIVE" });
  });

  test("goes with the stack in dev", () => {
    for (const type of stateful) {
      for (const [, resource] of resourcesOf([dev], type)) expect(resource).toMatchObject({ DeletionPolicy: "Delete" });
    }
  });
});

describe("user pool", () => {
  test("users sign in by e-mail with a strong password and may add a second factor", () => {
    data.hasResourceProperties("AWS::Cognito::UserPool", {
      UsernameAttributes: ["email"],
      MfaConfiguration: "OPTIONAL",
      EnabledMfas: ["SOFTWARE_TOKEN_MFA"],
      Policies: {
        PasswordPolicy: Match.objectLike({
          MinimumLength: 12,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          RequireUppercase: true,
        }),
      },
    });
  });

  test("only dev and local let anybody sign up; prod watches for stolen passwords", () => {
    const pool = (of: typeof data) => resourceOf(of, "AWS::Cognito::UserPool").Properties;
    expect(pool(data).AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(true);
    expect(pool(dev).AdminCreateUserConfig.AllowAdminCreateUserOnly).toBe(false);
    expect(pool(data).UserPoolAddOns).toEqual({ AdvancedSecurityMode: "ENFORCED" });
  });

  test("a confirmation that was cut short is mended only where users sign up by themselves", () => {
    const triggers = (of: typeof data) =>
      Object.keys(resourceOf(of, "AWS::Cognito::UserPool").Properties.LambdaConfig).sort();
    expect(triggers(dev)).toEqual(["PostConfirmation", "PreTokenGeneration"]);
    expect(triggers(data)).toEqual(["PostConfirmation"]);
  });

  test("a user can read the workspace in the token but cannot write it", () => {
    const { Properties } = resourceOf(data, "AWS::Cognito::UserPoolClient");
    expect(Properties.ReadAttributes).toContain("custom:workspace");
    expect(Properties.WriteAttributes).toEqual(["email"]);
  });

  test("the client has no secret, signs in by SRP only, and its tokens can be revoked", () => {
    data.hasResourceProperties("AWS::Cognito::UserPoolClient", {
      GenerateSecret: false,
      ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
      EnableTokenRevocation: true,
      IdTokenValidity: 15,
      AccessTokenValidity: 15,
      RefreshTokenValidity: 7 * 24 * 60,
      TokenValidityUnits: { IdToken: "minutes", AccessToken: "minutes", RefreshToken: "minutes" },
    });
  });

  test("there is a group for each role, the highest first", () => {
    const groups = resourcesOf([data], "AWS::Cognito::UserPoolGroup").map(([, { Properties }]) => Properties);
    expect(groups.sort((a, b) => a.Precedence - b.Precedence).map(({ GroupName }) => GroupName)).toEqual([
      "admin",
      "operator",
      "viewer",
    ]);
  });
});
