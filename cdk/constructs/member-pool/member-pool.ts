import { roles } from "@systemhealer/contract/role";
import { Duration } from "aws-cdk-lib";
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolGroup,
  UserPoolOperation,
} from "aws-cdk-lib/aws-cognito";
import { Policy, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { type Access, settings } from "../access/access.ts";
import { HouseFunction } from "../function/house-function.ts";
import type { RecordTable } from "../record-table/record-table.ts";
import { stageOf } from "../stage/stage-scope.ts";
import { cognitoEndpoint } from "./cognito-endpoint.ts";

export interface MemberPoolProps {
  readonly records: RecordTable;
}

/**
 * Who may sign in. A user's workspace is the attribute `custom:workspace`, the role is a group; neither can be written
 * by the user. Whoever signs up by himself gets, on confirmation, a workspace of his own and the group `admin` in it.
 */
export class MemberPool extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: MemberPoolProps) {
    super(scope, id);
    const { config, removalPolicy } = stageOf(this);
    this.pool = new UserPool(this, "Pool", {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: config.selfSignUp,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      standardAttributes: { email: { required: true, mutable: true } },
      customAttributes: { workspace: new StringAttribute({ minLen: 3, maxLen: 40, mutable: true }) },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      featurePlan: config.threatProtection ? FeaturePlan.PLUS : FeaturePlan.ESSENTIALS,
      ...(config.threatProtection && { standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION }),
      deletionProtection: config.keepData,
      removalPolicy,
    });
    for (const [precedence, role] of roles.toReversed().entries()) {
      new UserPoolGroup(this, `Group-${role}`, { userPool: this.pool, groupName: role, precedence });
    }
    this.client = new UserPoolClient(this, "Client", {
      userPool: this.pool,
      generateSecret: false,
      authFlows: { userSrp: true },
      disableOAuth: true,
      idTokenValidity: Duration.minutes(15),
      accessTokenValidity: Duration.minutes(15),
      refreshTokenValidity: Duration.days(7),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ email: true, emailVerified: true })
        .withCustomAttributes("workspace"),
      writeAttributes: new ClientAttributes().withStandardAttributes({ email: true }),
    });
    this.#welcomeNewMembers(props.records, config.selfSignUp);
  }

  /** What everybody may know, to sign in. */
  address(): Access<Readonly<Record<"USER_POOL_ID" | "USER_POOL_CLIENT_ID" | "COGNITO_ENDPOINT", string>>> {
    return settings({
      USER_POOL_ID: this.pool.userPoolId,
      USER_POOL_CLIENT_ID: this.client.userPoolClientId,
      COGNITO_ENDPOINT: cognitoEndpoint,
    });
  }

  /** On confirmation; and before a token, for those whose confirmation was cut short. */
  /** To invite, to give roles, to delete accounts: for the function that serves a workspace's administrators. */
  manage(): Access {
    const actions = [
      "AdminCreateUser",
      "AdminGetUser",
      "AdminAddUserToGroup",
      "AdminRemoveUserFromGroup",
      "AdminDeleteUser",
    ];
    return {
      variables: {},
      statements: [{ actions: actions.map((action) => `cognito-idp:${action}`), resources: [this.pool.userPoolArn] }],
    };
  }

  #welcomeNewMembers(records: RecordTable, selfSignUp: boolean): void {
    const common = {
      access: records.access({ actions: ["GetItem", "PutItem"] }),
      // Cognito waits no longer.
      timeout: Duration.seconds(5),
      memoryMiB: 512,
    };
    const welcome = new HouseFunction(this, "PostConfirmation", {
      ...common,
      entry: "events/post-confirmation",
      description: "Gives a user who signed up a workspace and a role",
    });
    const mend = new HouseFunction(this, "PreToken", {
      ...common,
      entry: "events/pre-token",
      description: "Gives a user whose confirmation was cut short what it would have given",
    });
    this.pool.addTrigger(UserPoolOperation.POST_CONFIRMATION, welcome.function);
    // Where an administrator makes all users, one without a workspace is not to get one by himself.
    if (selfSignUp) this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION, mend.function);
    // The pool needs the functions. In a role's own policy, which its function needs, this leave would close a circle.
    new Policy(this, "PlaceMember", {
      roles: [welcome.role, mend.role],
      statements: [
        new PolicyStatement({
          actions: ["cognito-idp:AdminAddUserToGroup", "cognito-idp:AdminUpdateUserAttributes"],
          resources: [this.pool.userPoolArn],
        }),
      ],
    });
  }
}
