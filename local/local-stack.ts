import type { AccessKey } from "./access/access-keys.ts";

export interface LocalStackOptions {
  /** Folder of everything that is kept: tables, objects, users, executions, logs. Made where there is none. */
  readonly dataDirectory: string;
  /** A cloud assembly as `cdk synth` writes it. */
  readonly assemblyDirectory: string;
  /** Preferred ports; one that is taken gives way to the next free one, 0 stands for any. */
  readonly ports?: { readonly api?: number; readonly s3?: number; readonly aws?: number };
  /** Set where the caller holds the data folder's lock (`lockDataFolder`) already. */
  readonly locked?: boolean;
  /** Gets one short line for a person at a time. */
  readonly log?: (line: string) => void;
}

export interface LocalStackUrls {
  /** The HTTP API, `/config.json` and the portal. */
  readonly api: string;
  readonly s3: string;
  /** All other AWS services, chosen by `x-amz-target`; also what `cognito-idp` clients take as endpoint. */
  readonly aws: string;
}

/** AWS on loopback, running the system of a cloud assembly. */
export interface LocalStack {
  readonly urls: LocalStackUrls;
  readonly region: string;
  /** Outputs of the template by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Key of an operator who may do everything. */
  readonly credentials: AccessKey;
  /** The first user pool of the template and its first client; undefined where it has none. */
  readonly userPool: { readonly userPoolId: string; readonly userPoolClientId: string } | undefined;
  /** Buckets and tables by `<stack>/<logical id>`. */
  readonly resources: Readonly<Record<string, string>>;
  /** Ends everything within seconds; what was running is failed at the next start. */
  stop(): Promise<void>;
}
