import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminRemoveUserFromGroupCommand,
  CognitoIdentityProviderClient,
  UserNotFoundException,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import { roles } from "@systemhealer/contract/role";
import { ConflictError } from "@systemhealer/domain/errors";
import type { Accounts } from "@systemhealer/domain/ports/accounts";

/** A user's name in the pool is the `sub` of its tokens, since users sign in by e-mail address. */
export function cognitoAccounts(
  userPoolId: string,
  client: CognitoIdentityProviderClient = new CognitoIdentityProviderClient({}),
): Accounts {
  const pool = { UserPoolId: userPoolId };

  /** One of the same workspace that was never used. */
  async function unused(email: string, workspaceId: string): Promise<string> {
    const user = await client.send(new AdminGetUserCommand({ ...pool, Username: email }));
    const workspace = user.UserAttributes?.find(({ Name }) => Name === "custom:workspace")?.Value;
    if (workspace !== workspaceId || user.UserStatus !== "FORCE_CHANGE_PASSWORD" || !user.Username) {
      throw new ConflictError("account-exists", { email });
    }
    return user.Username;
  }

  return {
    async prepare({ email, workspaceId }) {
      const UserAttributes = [
        { Name: "email", Value: email },
        { Name: "email_verified", Value: "true" },
        { Name: "custom:workspace", Value: workspaceId },
      ];
      const order = { ...pool, Username: email, UserAttributes, MessageAction: "SUPPRESS" as const };
      try {
        const { User } = await client.send(new AdminCreateUserCommand(order));
        if (!User?.Username) throw new Error("Cognito gave no user name");
        return User.Username;
      } catch (error) {
        if (error instanceof UsernameExistsException) return unused(email, workspaceId);
        throw error;
      }
    },
    async sendInvitation(email) {
      const order = { ...pool, Username: email, MessageAction: "RESEND" as const };
      await client.send(new AdminCreateUserCommand({ ...order, DesiredDeliveryMediums: ["EMAIL"] }));
    },
    async setRole(userId, role) {
      const user = { ...pool, Username: userId };
      await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: role }));
      for (const other of roles) {
        if (other !== role) await client.send(new AdminRemoveUserFromGroupCommand({ ...user, GroupName: other }));
      }
    },
    async remove(userId) {
      try {
        await client.send(new AdminDeleteUserCommand({ ...pool, Username: userId }));
      } catch (error) {
        if (!(error instanceof UserNotFoundException)) throw error;
      }
    },
  };
}
