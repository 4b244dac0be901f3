import type { Operation } from "../pool-context.ts";
import * as admin from "./admin-users.ts";
import { describeUserPool } from "./describe-pool.ts";
import * as lists from "./lists-and-groups.ts";
import * as own from "./own-account.ts";
import * as recovery from "./recover-password.ts";
import { getTokensFromRefreshToken } from "./refresh.ts";
import { initiateAuth, respondToAuthChallenge } from "./sign-in.ts";
import { adminUserGlobalSignOut, globalSignOut, revokeToken } from "./sign-out.ts";
import * as registration from "./sign-up.ts";

/**
 * How a call says which pool it is for, and who may make it: by app client id (anybody), by access token (its
 * holder), or by pool id (a signed call that IAM allows).
 */
export type Access = "client" | "token" | "iam";

export type OperationEntry = { readonly access: Access; readonly run: Operation };

const byClient: Readonly<Record<string, Operation>> = {
  ConfirmForgotPassword: recovery.confirmForgotPassword,
  ConfirmSignUp: registration.confirmSignUp,
  ForgotPassword: recovery.forgotPassword,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  InitiateAuth: initiateAuth,
  ResendConfirmationCode: registration.resendConfirmationCode,
  RespondToAuthChallenge: respondToAuthChallenge,
  RevokeToken: revokeToken,
  SignUp: registration.signUp,
};

const byToken: Readonly<Record<string, Operation>> = {
  ChangePassword: own.changePassword,
  DeleteUser: own.deleteUser,
  GetUser: own.getUser,
  GetUserAttributeVerificationCode: own.getUserAttributeVerificationCode,
  GlobalSignOut: globalSignOut,
  UpdateUserAttributes: own.updateUserAttributes,
  VerifyUserAttribute: own.verifyUserAttribute,
};

const byIam: Readonly<Record<string, Operation>> = {
  AdminAddUserToGroup: lists.adminAddUserToGroup,
  AdminConfirmSignUp: registration.adminConfirmSignUp,
  AdminCreateUser: admin.adminCreateUser,
  AdminDeleteUser: admin.adminDeleteUser,
  AdminDisableUser: admin.adminDisableUser,
  AdminEnableUser: admin.adminEnableUser,
  AdminGetUser: admin.adminGetUser,
  AdminListGroupsForUser: lists.adminListGroupsForUser,
  AdminRemoveUserFromGroup: lists.adminRemoveUserFromGroup,
  AdminResetUserPassword: recovery.adminResetUserPassword,
  AdminSetUserPassword: admin.adminSetUserPassword,
  AdminUpdateUserAttributes: admin.adminUpdateUserAttributes,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  DescribeUserPool: describeUserPool,
  ListGroups: lists.listGroups,
  ListUsers: lists.listUsers,
  ListUsersInGroup: lists.listUsersInGroup,
};

export const operations: ReadonlyMap<string, OperationEntry> = new Map([
  ...entries(byClient, "client"),
  ...entries(byToken, "token"),
  ...entries(byIam, "iam"),
]);

function entries(table: Readonly<Record<string, Operation>>, access: Access): [string, OperationEntry][] {
  return Object.entries(table).map(([name, run]) => [name, { access, run }]);
}
