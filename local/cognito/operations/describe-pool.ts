import type { Input } from "../input.ts";
import type { PoolContext } from "../pool-context.ts";

export function describeUserPool(context: PoolContext, _input: Input): object {
  const { settings, store } = context;
  const policy = settings.passwordPolicy;
  return {
    UserPool: {
      Id: context.poolId,
      Name: settings.name,
      Arn: context.arn,
      Policies: {
        PasswordPolicy: {
          MinimumLength: policy.minimumLength,
          RequireUppercase: policy.requireUppercase,
          RequireLowercase: policy.requireLowercase,
          RequireNumbers: policy.requireNumbers,
          RequireSymbols: policy.requireSymbols,
          TemporaryPasswordValidityDays: policy.temporaryPasswordValidityDays,
        },
      },
      LambdaConfig: settings.triggers,
      UsernameAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
      ...(settings.verifiesEmail ? { AutoVerifiedAttributes: ["email"] } : {}),
      SchemaAttributes: [...settings.attributes.values()].map((attribute) => ({
        Name: attribute.name,
        AttributeDataType: attribute.dataType,
        Mutable: attribute.mutable,
        Required: attribute.required,
        DeveloperOnlyAttribute: false,
      })),
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: !settings.selfSignUp },
      MfaConfiguration: settings.mfaConfiguration,
      EstimatedNumberOfUsers: store.userCount,
      CreationDate: store.createdAt / 1000,
      LastModifiedDate: store.createdAt / 1000,
    },
  };
}
