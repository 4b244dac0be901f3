import { type AttributeSchema, booleanAttributes, standardAttributes } from "./attribute-schema.ts";
import { type ClientSettings, readClient } from "./client-definition.ts";
import { Reader, UnsupportedUserPoolError } from "./definition-reader.ts";
import type { TriggerName } from "./triggers.ts";

/**
 * What the synthesized template says of one pool, with every intrinsic resolved: the properties of its
 * `AWS::Cognito::UserPool`, of its `AWS::Cognito::UserPoolClient`s (with the id each one got) and of its
 * `AWS::Cognito::UserPoolGroup`s.
 */
export type UserPoolDefinition = {
  readonly pool: Readonly<Record<string, unknown>>;
  readonly clients: readonly { readonly clientId: string; readonly properties: Readonly<Record<string, unknown>> }[];
  readonly groups: readonly Readonly<Record<string, unknown>>[];
};

export type PasswordPolicy = {
  readonly minimumLength: number;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
  readonly temporaryPasswordValidityDays: number;
};

export type MessageTemplate = { readonly subject: string; readonly body: string };

export type GroupSettings = {
  readonly name: string;
  readonly description: string | undefined;
  readonly precedence: number | undefined;
  readonly roleArn: string | undefined;
};

export type PoolSettings = {
  readonly name: string;
  readonly passwordPolicy: PasswordPolicy;
  readonly attributes: ReadonlyMap<string, AttributeSchema>;
  readonly selfSignUp: boolean;
  readonly verifiesEmail: boolean;
  readonly keepsEmailUntilVerified: boolean;
  readonly verificationMessage: MessageTemplate;
  readonly invitationMessage: MessageTemplate;
  readonly mfaConfiguration: string;
  /** Lambda function ARNs by trigger. */
  readonly triggers: Readonly<Partial<Record<TriggerName, string>>>;
  readonly clients: ReadonlyMap<string, ClientSettings>;
  readonly groups: ReadonlyMap<string, GroupSettings>;
};

/**
 * Reads the template's properties of one pool.
 * @throws UnsupportedUserPoolError naming every property, or value of one, that this server does not honour.
 */
export function readDefinition(definition: UserPoolDefinition): PoolSettings {
  const pool = new Reader(definition.pool, "UserPool");
  const attributes = readSchema(pool);
  const settings = {
    name: pool.string("UserPoolName") ?? "",
    passwordPolicy: readPasswordPolicy(pool.object("Policies")),
    attributes,
    ...readAdminCreateUser(pool.object("AdminCreateUserConfig")),
    ...readEmail(pool),
    mfaConfiguration: pool.oneOf("MfaConfiguration", ["OFF", "OPTIONAL"]) ?? "OFF",
    triggers: readTriggers(pool.object("LambdaConfig")),
  };
  pool.only("UsernameAttributes", ["email"], "required");
  pool.object("UsernameConfiguration")?.only("CaseSensitive", false).done();
  for (const mechanism of pool.object("AccountRecoverySetting")?.objects("RecoveryMechanisms") ?? []) {
    mechanism.only("Name", "verified_email").ignore("Priority").done();
  }
  // These say nothing about how a request is answered.
  pool.ignore("DeletionProtection", "EmailConfiguration", "EnabledMfas");
  pool.ignore("SmsAuthenticationMessage", "SmsVerificationMessage", "UserPoolAddOns", "UserPoolTags", "UserPoolTier");
  pool.done();
  const clients = definition.clients.map(({ clientId, properties }) => readClient(clientId, properties, attributes));
  const groups = definition.groups.map(readGroup);
  if (clients.length === 0) throw new UnsupportedUserPoolError("a pool without a client");
  return {
    ...settings,
    clients: new Map(clients.map((client) => [client.clientId, client])),
    groups: new Map(groups.map((group) => [group.name, group])),
  };
}

function readSchema(pool: Reader): Map<string, AttributeSchema> {
  const schema = new Map<string, AttributeSchema>();
  for (const name of standardAttributes) {
    const required = name === "email";
    schema.set(name, { name, dataType: "String", mutable: true, required, minLength: 0, maxLength: 2048 });
  }
  for (const name of booleanAttributes) {
    schema.set(name, { name, dataType: "Boolean", mutable: true, required: false, minLength: 0, maxLength: 5 });
  }
  for (const entry of pool.objects("Schema")) {
    const plain = entry.string("Name") ?? "";
    const name = schema.has(plain) ? plain : `custom:${plain}`;
    const lengths = entry.object("StringAttributeConstraints");
    schema.set(name, {
      name,
      dataType: entry.oneOf("AttributeDataType", ["String", "Number", "Boolean", "DateTime"]) ?? "String",
      mutable: entry.boolean("Mutable") ?? !name.startsWith("custom:"),
      required: (entry.boolean("Required") ?? false) || name === "email",
      minLength: lengths?.integer("MinLength") ?? 0,
      maxLength: lengths?.integer("MaxLength") ?? 2048,
    });
    lengths?.done();
    entry.ignore("NumberAttributeConstraints");
    entry.only("DeveloperOnlyAttribute", false).done();
  }
  return schema;
}

function readPasswordPolicy(policies: Reader | undefined): PasswordPolicy {
  const policy = policies?.object("PasswordPolicy");
  const read = {
    minimumLength: policy?.integer("MinimumLength") ?? 8,
    requireUppercase: policy?.boolean("RequireUppercase") ?? policy === undefined,
    requireLowercase: policy?.boolean("RequireLowercase") ?? policy === undefined,
    requireNumbers: policy?.boolean("RequireNumbers") ?? policy === undefined,
    requireSymbols: policy?.boolean("RequireSymbols") ?? policy === undefined,
    temporaryPasswordValidityDays: policy?.integer("TemporaryPasswordValidityDays") ?? 7,
  };
  policy?.only("PasswordHistorySize", 0).done();
  policies?.object("SignInPolicy")?.only("AllowedFirstAuthFactors", ["PASSWORD"]).done();
  policies?.done();
  return read;
}

function readAdminCreateUser(config: Reader | undefined): Pick<PoolSettings, "selfSignUp" | "invitationMessage"> {
  const template = config?.object("InviteMessageTemplate");
  const read = {
    selfSignUp: !(config?.boolean("AllowAdminCreateUserOnly") ?? false),
    invitationMessage: {
      subject: template?.string("EmailSubject") ?? "Your temporary password",
      body: template?.string("EmailMessage") ?? "Your username is {username} and temporary password is {####}.",
    },
  };
  template?.ignore("SMSMessage").done();
  config?.ignore("UnusedAccountValidityDays").done();
  return read;
}

function readEmail(
  pool: Reader,
): Pick<PoolSettings, "verifiesEmail" | "keepsEmailUntilVerified" | "verificationMessage"> {
  const template = pool.object("VerificationMessageTemplate");
  const updates = pool.object("UserAttributeUpdateSettings");
  const legacySubject = pool.string("EmailVerificationSubject");
  const legacyBody = pool.string("EmailVerificationMessage");
  const read = {
    verifiesEmail: pool.strings("AutoVerifiedAttributes")?.includes("email") ?? false,
    keepsEmailUntilVerified: updates?.strings("AttributesRequireVerificationBeforeUpdate")?.includes("email") ?? false,
    verificationMessage: {
      subject: template?.string("EmailSubject") ?? legacySubject ?? "Your verification code",
      body: template?.string("EmailMessage") ?? legacyBody ?? "Your verification code is {####}",
    },
  };
  template?.ignore("SmsMessage", "EmailMessageByLink", "EmailSubjectByLink");
  template?.only("DefaultEmailOption", "CONFIRM_WITH_CODE").done();
  updates?.done();
  return read;
}

function readTriggers(config: Reader | undefined): PoolSettings["triggers"] {
  const preSignUp = config?.string("PreSignUp");
  const postConfirmation = config?.string("PostConfirmation");
  const preTokenGeneration = config?.string("PreTokenGeneration");
  config?.done();
  return {
    ...(preSignUp === undefined ? {} : { PreSignUp: preSignUp }),
    ...(postConfirmation === undefined ? {} : { PostConfirmation: postConfirmation }),
    ...(preTokenGeneration === undefined ? {} : { PreTokenGeneration: preTokenGeneration }),
  };
}

function readGroup(properties: Readonly<Record<string, unknown>>): GroupSettings {
  const group = new Reader(properties, "UserPoolGroup");
  const read = {
    name: group.string("GroupName") ?? "",
    description: group.string("Description"),
    precedence: group.integer("Precedence"),
    roleArn: group.string("RoleArn"),
  };
  if (read.name === "") group.refuse("GroupName", "is missing");
  group.ignore("UserPoolId");
  group.done();
  return read;
}
