import { type AttributeSchema, booleanAttributes, standardAttributes } from "./attribute-schema.ts";
import { Reader } from "./definition-reader.ts";

export type ClientSettings = {
  readonly clientId: string;
  readonly clientName: string;
  readonly authFlows: ReadonlySet<"USER_SRP_AUTH" | "USER_PASSWORD_AUTH" | "REFRESH_TOKEN_AUTH">;
  readonly readAttributes: ReadonlySet<string>;
  readonly writeAttributes: ReadonlySet<string>;
  readonly preventUserExistenceErrors: boolean;
  readonly tokenRevocation: boolean;
  /** Seconds after which the former refresh token dies when it is exchanged; undefined: tokens do not rotate. */
  readonly rotationGraceSeconds: number | undefined;
  readonly accessTokenSeconds: number;
  readonly idTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly challengeSeconds: number;
};

const unitSeconds = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;
const units = ["seconds", "minutes", "hours", "days"] as const;

const flowNames = {
  ALLOW_USER_SRP_AUTH: "USER_SRP_AUTH",
  ALLOW_USER_PASSWORD_AUTH: "USER_PASSWORD_AUTH",
  USER_PASSWORD_AUTH: "USER_PASSWORD_AUTH",
  ALLOW_REFRESH_TOKEN_AUTH: "REFRESH_TOKEN_AUTH",
} as const;

/** Reads one app client. @throws UnsupportedUserPoolError */
export function readClient(
  clientId: string,
  properties: Readonly<Record<string, unknown>>,
  schema: ReadonlyMap<string, AttributeSchema>,
): ClientSettings {
  const client = new Reader(properties, `UserPoolClient ${clientId}`);
  const unit = client.object("TokenValidityUnits");
  const seconds = (token: string, fallback: keyof typeof unitSeconds, standard: number) => {
    const chosen = unit?.oneOf(token, units) ?? fallback;
    return (client.integer(`${token}Validity`) ?? standard) * unitSeconds[chosen];
  };
  const rotation = client.object("RefreshTokenRotation");
  const rotates = rotation?.oneOf("Feature", ["ENABLED", "DISABLED"]) === "ENABLED";
  const grace = rotation?.integer("RetryGracePeriodSeconds") ?? 0;
  const flows = client.subset("ExplicitAuthFlows", Object.keys(flowNames) as (keyof typeof flowNames)[]);
  const read: ClientSettings = {
    clientId,
    clientName: client.string("ClientName") ?? "",
    authFlows: new Set(
      (flows ?? (["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] as const)).map((flow) => flowNames[flow]),
    ),
    readAttributes: readAttributeNames(client, "ReadAttributes", schema),
    writeAttributes: readAttributeNames(client, "WriteAttributes", schema),
    preventUserExistenceErrors: client.oneOf("PreventUserExistenceErrors", ["ENABLED", "LEGACY"]) === "ENABLED",
    tokenRevocation: client.boolean("EnableTokenRevocation") ?? true,
    rotationGraceSeconds: rotates ? grace : undefined,
    accessTokenSeconds: seconds("AccessToken", "hours", 1),
    idTokenSeconds: seconds("IdToken", "hours", 1),
    refreshTokenSeconds: seconds("RefreshToken", "days", 30),
    challengeSeconds: (client.integer("AuthSessionValidity") ?? 3) * 60,
  };
  if (rotates && read.authFlows.has("REFRESH_TOKEN_AUTH")) {
    client.refuse("ExplicitAuthFlows", "ALLOW_REFRESH_TOKEN_AUTH cannot go with refresh token rotation");
  }
  unit?.done();
  rotation?.done();
  client.only("GenerateSecret", false).only("EnablePropagateAdditionalUserContextData", false);
  // Without a domain there is no hosted sign-in page that could use these.
  client.ignore("AllowedOAuthFlows", "AllowedOAuthFlowsUserPoolClient", "AllowedOAuthScopes", "CallbackURLs");
  client.ignore("DefaultRedirectURI", "LogoutURLs", "SupportedIdentityProviders", "UserPoolId");
  client.done();
  return read;
}

/**
 * Whether a client that lists nothing reaches custom attributes too is told differently from place to place,
 * so a pool that has some must say it.
 */
function readAttributeNames(
  client: Reader,
  property: "ReadAttributes" | "WriteAttributes",
  schema: ReadonlyMap<string, AttributeSchema>,
): ReadonlySet<string> {
  const listed = client.strings(property);
  if (listed === undefined) {
    if ([...schema.keys()].some((name) => name.startsWith("custom:"))) {
      client.refuse(property, "must be listed when the pool has custom attributes");
    }
    const verified: readonly string[] = property === "ReadAttributes" ? booleanAttributes : [];
    return new Set<string>([...standardAttributes, ...verified]);
  }
  const unknown = listed.filter((name) => !schema.has(name));
  if (unknown.length > 0) client.refuse(property, `not in the schema: ${unknown.join(", ")}`);
  if (property === "WriteAttributes" && listed.some((name) => name.endsWith("_verified"))) {
    client.refuse(property, "nobody verifies an address by writing it");
  }
  return new Set(listed);
}
