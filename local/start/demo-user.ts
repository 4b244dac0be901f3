import { randomBytes, randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
} from "@aws-sdk/client-cognito-identity-provider";
import type { LocalStack } from "../local-stack.ts";
import { writeFileAtomically } from "../process/write-file-atomically.ts";

export interface DemoUser {
  readonly email: string;
  readonly password: string;
}

const email = "demo@systemhealer.local";

/** The demonstration's user, an administrator of a workspace of its own; made on the first start, kept in `demo.json`. */
export async function demoUser(stack: LocalStack, dataDirectory: string): Promise<DemoUser> {
  const path = join(dataDirectory, "demo.json");
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as DemoUser) : undefined;
  const client = new CognitoIdentityProviderClient({
    region: stack.region,
    endpoint: stack.urls.aws,
    credentials: stack.credentials,
  });
  const UserPoolId = stack.userPool!.userPoolId;
  try {
    const known = await exists(client, UserPoolId);
    if (kept && known) return kept;
    const user = kept ?? { email, password: newPassword() };
    if (!known) await create(client, UserPoolId);
    await client.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: email, Password: user.password, Permanent: true }),
    );
    await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: email, GroupName: "admin" }));
    writeFileAtomically(path, `${JSON.stringify(user, null, 2)}\n`, 0o600);
    return user;
  } finally {
    client.destroy();
  }
}

async function exists(client: CognitoIdentityProviderClient, UserPoolId: string): Promise<boolean> {
  try {
    await client.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
    return true;
  } catch (error) {
    if (error instanceof UserNotFoundException) return false;
    throw error;
  }
}

async function create(client: CognitoIdentityProviderClient, UserPoolId: string): Promise<void> {
  await client.send(
    new AdminCreateUserCommand({
      UserPoolId,
      Username: email,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: email },
        { Name: "email_verified", Value: "true" },
        { Name: "custom:workspace", Value: `demo-${randomBytes(5).toString("hex")}` },
      ],
    }),
  );
}

/** Lower and upper case, digits and a symbol: what the strictest policy of Cognito asks for. */
function newPassword(): string {
  const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const random = Array.from({ length: 14 }, () => letters[randomInt(letters.length)]).join("");
  return `${random}-a7K`;
}
