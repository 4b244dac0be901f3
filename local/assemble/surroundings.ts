import { join } from "node:path";
import type { AccessKeys } from "../access/access-keys.ts";
import { LogFile } from "../process/log-file.ts";
import type { Principal } from "../sigv4/credential-store.ts";
import type { Application } from "../template/application.ts";
import { region } from "../template/physical-names.ts";
import type { Resource } from "../template/resource.ts";
import type { Localize } from "./local-addresses.ts";

/** What every part of the local stack is built from. */
export interface Surroundings {
  readonly application: Application;
  readonly roles: ReadonlyMap<string, Principal>;
  readonly keys: AccessKeys;
  readonly dataDirectory: string;
  /** Addresses of S3 and of all other services. */
  readonly endpoints: { readonly s3: string; readonly aws: string };
  /** For texts of the template that tell clients where services are. */
  readonly localize: Localize;
  readonly log: (line: string) => void;
}

/** Variables by which the AWS SDK of a function or task finds the local stack, as the given holder of a role. */
export function sdkVariables(
  { keys, endpoints }: Surroundings,
  holder: string,
  principal: Principal,
): Record<string, string> {
  const { accessKeyId, secretAccessKey } = keys.issue(holder, principal);
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: endpoints.aws,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

export function logFile({ dataDirectory }: Surroundings, name: string): LogFile {
  return new LogFile(join(dataDirectory, "logs", `${name}.log`));
}

/** How messages name a resource. */
export function nameOf({ type, stack, logicalId }: Resource): string {
  return `${type} ${stack}/${logicalId}`;
}
