import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { loadPolicy } from "../iam/load-policy.ts";
import type { CredentialStore } from "../sigv4/credential-store.ts";
import type { Bucket, S3Service } from "./bucket.ts";
import { type BucketDefinition, BucketDefinitionError } from "./bucket-definition.ts";
import { EventDispatcher } from "./events/event-dispatcher.ts";
import { type ObjectCreatedEvent, objectCreatedEvent } from "./events/object-created-event.ts";
import { Outbox } from "./events/outbox.ts";
import { gracefulClose } from "./http/close-server.ts";
import { handleRequest } from "./http/handle-request.ts";
import { applyLifecycle } from "./lifecycle.ts";
import { defaultLimits, type S3Limits } from "./limits.ts";
import { BucketStore, type CreationEvents } from "./storage/bucket-store.ts";

export interface S3Options {
  /** Everything is kept below it. One process at a time. */
  readonly directory: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly host?: "127.0.0.1";
  readonly region: string;
  readonly account?: string;
  readonly credentials: CredentialStore;
  readonly buckets: readonly BucketDefinition[];
  /**
   * Takes over the event of a new object, of buckets with `eventBridge`. Called again, later and after a restart, until
   * its promise is fulfilled: an event can come more than once, always with the same `id`.
   */
  readonly onObjectCreated: (event: ObjectCreatedEvent) => Promise<void>;
  readonly limits?: Partial<S3Limits>;
  /** Told of faults that are not a client's. Written to standard error unless given. */
  readonly onError?: (error: unknown) => void;
  /** Milliseconds since the epoch, for signatures and lifecycle rules. */
  readonly now?: () => number;
}

export interface RunningS3 {
  readonly url: string;
  readonly port: number;
  /** Stops listening, lets requests and deliveries under way end within a few seconds, and breaks off the rest. */
  close(): Promise<void>;
}

const dayMilliseconds = 24 * 3600 * 1000;
const closeMilliseconds = 5000;

/**
 * S3 on loopback, as far as the project uses it, with its buckets in a folder.
 *
 * Clients set nothing but `AWS_ENDPOINT_URL_S3` (or `endpoint`) to `url`: because its host is an IP address, the SDK
 * addresses buckets by path.
 *
 * Throws `BucketDefinitionError` or `PolicyError` for a definition that cannot be honoured.
 */
export async function startS3(options: S3Options): Promise<RunningS3> {
  const { region, account = "000000000000", credentials, now = Date.now, onError = reportError } = options;
  const limits: S3Limits = { ...defaultLimits, ...options.limits };
  const dispatcher = new EventDispatcher({
    deliver: options.onObjectCreated,
    delivered: (event) => outbox.remove(event),
    onError,
    concurrency: 16,
    attempts: 12,
    firstPauseMilliseconds: 250,
  });
  const outbox = new Outbox(join(options.directory, "outbox"), (event) => dispatcher.add(event));
  const buckets = new Map<string, Bucket>();
  for (const definition of options.buckets) {
    if (buckets.has(definition.name)) throw new BucketDefinitionError(`Bucket ${definition.name} is defined twice`);
    buckets.set(definition.name, await openBucket(definition, options.directory, outbox, { account, region }));
  }
  const service: S3Service = { region, account, limits, buckets };
  const server = createS3Server(limits);
  const closeServer = gracefulClose(server, closeMilliseconds);
  const handle: RequestListener = (message, response) => {
    void handleRequest(message, response, { service, credentials, now, onError });
  };
  server.on("request", handle);
  server.on("checkContinue", handle);
  await outbox.recover(({ detail }) => {
    const record = buckets.get(detail.bucket.name)?.store.get(detail.object.key);
    return record?.sequencer === detail.object.sequencer;
  });
  await listen(server, options.port, options.host ?? "127.0.0.1");
  dispatcher.start();
  const runLifecycle = () => {
    for (const bucket of buckets.values()) applyLifecycle(bucket, now()).catch(onError);
  };
  runLifecycle();
  const timer = setInterval(runLifecycle, dayMilliseconds).unref();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      clearInterval(timer);
      await closeServer();
      await Promise.race([dispatcher.close(), pause(closeMilliseconds)]);
    },
  };
}

async function openBucket(
  definition: BucketDefinition,
  directory: string,
  outbox: Outbox,
  place: { readonly account: string; readonly region: string },
): Promise<Bucket> {
  const { name } = definition;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes("..")) {
    throw new BucketDefinitionError(`Not a bucket's name: ${name}`);
  }
  const policies = definition.policy === undefined ? [] : [loadPolicy(definition.policy, { resourcePolicy: true })];
  const events: CreationEvents = {
    outbox,
    describe: (record, cause) => objectCreatedEvent({ ...place, bucket: name }, record, cause),
  };
  // The word in front keeps clear of names that Windows reserves for devices.
  const folder = join(directory, `bucket-${name}`);
  const store = await BucketStore.open(folder, definition.eventBridge ? events : undefined, definition.versioned);
  return { definition, policies, store };
}

function createS3Server(limits: S3Limits): Server {
  const server = createServer({
    maxHeaderSize: limits.maxHeaderBytes,
    headersTimeout: 30_000,
    requestTimeout: limits.requestMilliseconds,
    keepAliveTimeout: 65_000,
  });
  server.maxConnections = limits.maxConnections;
  server.setTimeout(limits.idleMilliseconds);
  return server;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}

function reportError(error: unknown): void {
  console.error(error);
}
