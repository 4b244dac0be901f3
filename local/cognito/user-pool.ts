import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { JWK } from "jose";
import { Accounts } from "./accounts.ts";
import { Challenges } from "./challenges.ts";
import type { ClientSettings } from "./client-definition.ts";
import { readDefinition, type UserPoolDefinition } from "./definition.ts";
import { MissingAuthenticationTokenError, UnknownOperationError } from "./errors.ts";
import type { Input } from "./input.ts";
import { loadKeys } from "./keys.ts";
import { operations } from "./operations/table.ts";
import { type OnMessage, Outbox } from "./outbox.ts";
import { operationOf, userPoolArn } from "./permissions.ts";
import type { PoolContext } from "./pool-context.ts";
import { PoolStore } from "./store.ts";
import type { InvokeTrigger } from "./triggers.ts";

export type UserPoolOptions = {
  /** Holds the pool's users, keys and outbox; made when missing. */
  readonly directory: string;
  readonly definition: UserPoolDefinition;
  readonly region: string;
  readonly accountId?: string;
  /** `<region>_<letters and digits>`. */
  readonly poolId: string;
  readonly invokeTrigger: InvokeTrigger;
  /** Told of every e-mail that the pool would send, after it is in the outbox. */
  readonly onMessage?: OnMessage;
  /** Milliseconds since the epoch; the machine's clock where none is given. */
  readonly clock?: () => number;
  /** How long a trigger may take to answer; 5,000 as in Cognito. */
  readonly triggerTimeoutMs?: number;
};

/** Who made a signed call, once its signature and IAM permissions are checked. */
export type AuthorizedCaller = { readonly principal: string };

export type UserPool = {
  readonly poolId: string;
  readonly arn: string;
  readonly issuer: string;
  readonly clients: ReadonlyMap<string, ClientSettings>;
  /**
   * Answers one call of the user pool API.
   * @param target `AWSCognitoIdentityProviderService.<operation>`.
   * @param caller who signed the call; a call that needs a signature is refused without.
   * @throws UserPoolError as Cognito would answer.
   */
  readonly handle: (target: string, body: Input, caller?: AuthorizedCaller) => Promise<object>;
  readonly jwks: () => { readonly keys: readonly JWK[] };
  readonly openidConfiguration: () => object;
  /** Waits for what is being written. */
  readonly close: () => Promise<void>;
};

/**
 * Opens a user pool kept in a folder.
 * @throws UnsupportedUserPoolError when the template asks for what this server does not do.
 */
export async function createUserPool(options: UserPoolOptions): Promise<UserPool> {
  if (!/^[\w-]+_[0-9a-zA-Z]+$/.test(options.poolId)) throw new RangeError(`${options.poolId} is no user pool id`);
  const settings = readDefinition(options.definition);
  const now = options.clock ?? Date.now;
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const keys = await loadKeys(options.directory);
  const outbox = await Outbox.open(join(options.directory, "outbox"), options.onMessage ?? (() => undefined));
  const store = await PoolStore.open(options.directory, now());
  const issuer = `https://cognito-idp.${options.region}.amazonaws.com/${options.poolId}`;
  const context: PoolContext = {
    poolId: options.poolId,
    region: options.region,
    arn: userPoolArn(options.region, options.accountId ?? "000000000000", options.poolId),
    issuer,
    settings,
    store,
    accounts: new Accounts(store, keys.secret),
    challenges: new Challenges(),
    keys,
    outbox,
    invokeTrigger: options.invokeTrigger,
    triggerTimeoutMs: options.triggerTimeoutMs,
    now,
  };
  return {
    poolId: options.poolId,
    arn: context.arn,
    issuer,
    clients: settings.clients,
    handle: async (target, body, caller) => {
      const name = operationOf(target) ?? target;
      const operation = operations.get(name);
      if (operation === undefined) throw new UnknownOperationError(name);
      if (operation.access === "iam" && caller === undefined) throw new MissingAuthenticationTokenError();
      return operation.run(context, body);
    },
    jwks: () => ({ keys: [keys.publicJwk] }),
    openidConfiguration: () => ({
      issuer,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ["RS256"],
      subject_types_supported: ["public"],
      response_types_supported: ["code", "token"],
      scopes_supported: ["openid", "email", "phone", "profile"],
    }),
    close: () => store.close(),
  };
}
