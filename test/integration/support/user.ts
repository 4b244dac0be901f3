import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { type Client, createClient } from "@systemhealer/contract/client";
import type { Role } from "@systemhealer/contract/role";
import { CognitoUser, CognitoUserPool } from "amazon-cognito-identity-js";
import { signIn } from "../../../local/start/sign-in.ts";
import type { TestStack } from "./stack.ts";

const password = "Correct-horse-7-battery";

/** Signs up as a stranger does: by the browser's library, with the code from the e-mail. */
export async function signUp({ stack, dataDirectory }: TestStack, email: string): Promise<Client> {
  const { userPoolId, userPoolClientId } = stack.userPool!;
  const Pool = new CognitoUserPool({
    UserPoolId: userPoolId,
    ClientId: userPoolClientId,
    endpoint: stack.urls.aws,
  });
  await new Promise<void>((resolve, reject) => {
    Pool.signUp(email, password, [], [], (error) => (error ? reject(error) : resolve()));
  });
  const user = new CognitoUser({ Username: email, Pool });
  await new Promise<void>((resolve, reject) => {
    user.confirmRegistration(
      codeSentTo(join(dataDirectory, "user-pools", userPoolId, "outbox"), email),
      false,
      (error) => (error ? reject(error) : resolve()),
    );
  });
  return clientOf(stack, await signIn(stack, { email, password }));
}

/** A colleague whom an administrator has put into a workspace. */
export async function colleague({ stack }: TestStack, workspaceId: string, role: Role): Promise<Client> {
  const admin = new CognitoIdentityProviderClient({
    region: stack.region,
    endpoint: stack.urls.aws,
    credentials: stack.credentials,
  });
  const email = `${role}-${randomBytes(4).toString("hex")}@example.com`;
  const user = { UserPoolId: stack.userPool!.userPoolId, Username: email };
  await admin.send(
    new AdminCreateUserCommand({
      ...user,
      MessageAction: "SUPPRESS",
      UserAttributes: [
        { Name: "email", Value: email },
        { Name: "email_verified", Value: "true" },
        { Name: "custom:workspace", Value: workspaceId },
      ],
    }),
  );
  await admin.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
  await admin.send(new AdminAddUserToGroupCommand({ ...user, GroupName: role }));
  admin.destroy();
  return clientOf(stack, await signIn(stack, { email, password }));
}

function clientOf(stack: TestStack["stack"], token: () => Promise<string>): Client {
  return createClient({ baseUrl: stack.urls.api, token });
}

function codeSentTo(outbox: string, email: string): string {
  const mails = readdirSync(outbox)
    .sort()
    .map((name) => JSON.parse(readFileSync(join(outbox, name), "utf8")) as { to?: string; secret?: string });
  const mail = mails.findLast((m) => JSON.stringify(m).includes(email));
  if (!mail?.secret) throw new Error(`No code was sent to ${email}`);
  return mail.secret;
}
