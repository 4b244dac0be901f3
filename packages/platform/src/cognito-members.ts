import {
  AdminAddUserToGroupCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Members } from "@systemhealer/domain/ports/members";

export function cognitoMembers(client: CognitoIdentityProviderClient = new CognitoIdentityProviderClient({})): Members {
  return {
    async admit({ userPoolId, userName, workspaceId, role }) {
      const user = { UserPoolId: userPoolId, Username: userName };
      const UserAttributes = [{ Name: "custom:workspace", Value: workspaceId }];
      await client.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
      await client.send(new AdminAddUserToGroupCommand({ ...user, GroupName: role }));
    },
  };
}
