import type { Client } from "./client.ts";
import { ApiError, ConnectionError } from "./client-errors.ts";
import type { DatasetView } from "./dataset.ts";
import type { OperationInput, SignedRequest, UploadPlan } from "./operations.ts";
import { pause } from "./pause.ts";

/** A file, wherever it is: on disk, or chosen in a browser. */
export interface ByteSource {
  readonly size: number;
  /** Bytes `from` up to `to`, exclusive. Called side by side. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}

export interface UploadProgress {
  /** Bytes that have arrived, those of an earlier try too. */
  readonly arrivedBytes: number;
  /** Of these, bytes that an earlier try had sent. */
  readonly keptBytes: number;
  readonly totalBytes: number;
}

export interface UploadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: UploadProgress) => void;
  /** Told as soon as the data set has an id: with it the upload can be resumed. */
  readonly onCreated?: (datasetId: string) => void | Promise<void>;
  readonly fetch?: typeof globalThis.fetch;
  /** Parts that travel side by side; 4 unless given. */
  readonly concurrency?: number;
  /** Waits between tries of a part, in milliseconds; each is varied by half. */
  readonly retryDelays?: readonly number[];
}

export type UploadOrder = Omit<OperationInput<"createDataset">["body"], "sizeBytes" | "sha256">;

/** The bytes could not be stored. */
export class UploadError extends Error {
  override readonly name = "UploadError";
  /** `file-changed`: the bytes are not those that were announced. */
  readonly code: "file-changed" | "storage-refused" | "storage-unreachable";

  constructor(code: UploadError["code"], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** Files up to this size are hashed whole before they are announced, since one PUT needs it. */
const wholeFileBytes = 8 * 1024 * 1024;

/**
 * Announces a file and sends it: with one PUT, or in parts, each with its SHA-256 and tried again with back-off.
 * @returns the data set, whose validation has begun
 * @throws UploadError, ApiError, ConnectionError; the signal's reason when aborted
 */
export async function uploadDataset(
  client: Client,
  source: ByteSource,
  order: UploadOrder,
  options: UploadOptions = {},
): Promise<DatasetView> {
  const signal = signalOf(options);
  const announce = async (sha256: string | undefined) =>
    client.call("createDataset", { body: { ...order, sizeBytes: source.size, ...(sha256 && { sha256 }) } }, signal);
  let created: Awaited<ReturnType<typeof announce>>;
  try {
    created = await announce(source.size <= wholeFileBytes ? await hashWhole(source) : undefined);
  } catch (error) {
    if (!(error instanceof ApiError && error.problem.code === "sha256-needed")) throw error;
    created = await announce(await hashWhole(source));
  }
  const { datasetId } = created.dataset;
  await options.onCreated?.(datasetId);
  return send(client, datasetId, source, created.upload, new Map(), options);
}

/**
 * Goes on with an upload that was interrupted: only the parts that have not arrived are sent.
 * @throws UploadError `file-changed` where the file is not the one that was announced
 */
export async function resumeUpload(
  client: Client,
  datasetId: string,
  source: ByteSource,
  options: UploadOptions = {},
): Promise<DatasetView> {
  const { upload, parts } = await client.call("getDatasetUpload", { datasetId }, signalOf(options));
  const arrived = new Map(parts.map((part) => [part.number, part]));
  return send(client, datasetId, source, upload, arrived, options);
}

interface ArrivedPart {
  readonly sizeBytes: number;
  readonly checksum: string;
}

async function send(
  client: Client,
  datasetId: string,
  source: ByteSource,
  plan: UploadPlan,
  arrived: ReadonlyMap<number, ArrivedPart>,
  options: UploadOptions,
): Promise<DatasetView> {
  const progress = progressTeller(source.size, options);
  if (plan.mode === "single") {
    await sendWhole(client, datasetId, source, plan.request, options);
    progress(source.size, 0);
  } else {
    await sendParts(client, datasetId, source, plan, arrived, progress, options);
  }
  return complete(client, datasetId, options);
}

async function sendWhole(
  client: Client,
  datasetId: string,
  source: ByteSource,
  first: SignedRequest,
  options: UploadOptions,
): Promise<void> {
  const bytes = await source.read(0, source.size);
  let request = first;
  await retrying(options, async (attempt) => {
    if (attempt > 0) {
      try {
        const again = await client.call("getDatasetUpload", { datasetId }, signalOf(options));
        if (again.upload.mode === "single") request = again.upload.request;
      } catch (error) {
        // The bytes have arrived after all, only the answer was lost.
        if (hasEnded(error)) return;
        throw error;
      }
    }
    await put(request, bytes, options);
  });
}

async function sendParts(
  client: Client,
  datasetId: string,
  source: ByteSource,
  plan: Extract<UploadPlan, { mode: "multipart" }>,
  arrived: ReadonlyMap<number, ArrivedPart>,
  progress: (bytes: number, kept: number) => void,
  options: UploadOptions,
): Promise<void> {
  const { partSizeBytes, partCount } = plan;
  if (Math.ceil(source.size / partSizeBytes) !== partCount) {
    throw new UploadError("file-changed", `${source.size} bytes are not ${partCount} parts of ${partSizeBytes}`);
  }
  let next = 1;
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const partOptions = { ...options, signal };

  async function work(): Promise<void> {
    while (next <= partCount) {
      const number = next++;
      signal.throwIfAborted();
      const from = (number - 1) * partSizeBytes;
      const bytes = await source.read(from, Math.min(source.size, from + partSizeBytes));
      const checksum = base64(await digest(bytes));
      if (arrived.get(number)?.checksum === checksum) {
        progress(bytes.length, bytes.length);
        continue;
      }
      await retrying(partOptions, async () => {
        const body = { parts: [{ number, checksum }] };
        const signed = await client.call("signDatasetParts", { datasetId, body }, { signal });
        const part = signed.parts[0];
        if (!part) throw new UploadError("storage-refused", `no address for part ${number}`);
        await put(part.request, bytes, partOptions);
      });
      progress(bytes.length, 0);
    }
  }

  const workers = Array.from({ length: Math.min(options.concurrency ?? 4, partCount) }, async () => {
    try {
      await work();
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  });
  // The first error stops the others; waiting for all keeps no part on its way after the return.
  await Promise.allSettled(workers);
  await Promise.all(workers);
}

/** Asks for the validation; an upload that has ended already, as a repeated call finds it, is as good. */
async function complete(client: Client, datasetId: string, options: UploadOptions): Promise<DatasetView> {
  return retrying(options, async () => {
    try {
      return await client.call("completeDatasetUpload", { datasetId }, signalOf(options));
    } catch (error) {
      if (!hasEnded(error)) throw error;
      return client.call("getDataset", { datasetId }, signalOf(options));
    }
  });
}

function hasEnded(error: unknown): boolean {
  return error instanceof ApiError && error.problem.code === "upload-ended";
}

/** Says whether the same request may go through later. */
class PassingTroubleError extends Error {
  override readonly name = "PassingTroubleError";
  readonly final: UploadError;

  constructor(final: UploadError) {
    super(final.message, { cause: final });
    this.final = final;
  }
}

async function put(request: SignedRequest, bytes: Uint8Array<ArrayBuffer>, options: UploadOptions): Promise<void> {
  const send = options.fetch ?? globalThis.fetch;
  let response: Response;
  try {
    response = await send(request.url, {
      method: "PUT",
      headers: request.headers,
      body: bytes,
      ...(options.signal && { signal: options.signal }),
    });
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw new PassingTroubleError(new UploadError("storage-unreachable", new URL(request.url).host, { cause }));
  }
  const text = (await response.text()).slice(0, 2_000);
  // 412: the object is there already, since an earlier answer was lost. The completion compares its checksum.
  if (response.ok || response.status === 412) return;
  const word = /<Code>([^<]{1,80})<\/Code>/.exec(text)?.[1] ?? "";
  const code = ["BadDigest", "XAmzContentChecksumMismatch"].includes(word) ? "file-changed" : "storage-refused";
  const error = new UploadError(code, `${response.status} ${word || response.statusText}`);
  const passing = response.status >= 500 || [403, 408, 409, 429].includes(response.status) || word === "RequestTimeout";
  // 403: the address may have run out; the next try asks for a new one.
  throw passing ? new PassingTroubleError(error) : error;
}

async function retrying<T>(options: UploadOptions, attempt: (number: number) => Promise<T>): Promise<T> {
  const delays = options.retryDelays ?? [500, 1_000, 2_000, 4_000, 8_000];
  for (let number = 0; ; number++) {
    options.signal?.throwIfAborted();
    try {
      return await attempt(number);
    } catch (error) {
      options.signal?.throwIfAborted();
      const delay = delays[number];
      if (!isPassing(error) || delay === undefined) throw error instanceof PassingTroubleError ? error.final : error;
      await pause(delay * (0.5 + Math.random()), options.signal);
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof PassingTroubleError || error instanceof ConnectionError) return true;
  return error instanceof ApiError && (error.problem.status === 429 || error.problem.status >= 500);
}

function progressTeller(totalBytes: number, options: UploadOptions): (bytes: number, kept: number) => void {
  let arrivedBytes = 0;
  let keptBytes = 0;
  return (bytes, kept) => {
    arrivedBytes += bytes;
    keptBytes += kept;
    options.onProgress?.({ arrivedBytes, keptBytes, totalBytes });
  };
}

function signalOf(options: UploadOptions): { signal?: AbortSignal } {
  return options.signal ? { signal: options.signal } : {};
}

async function hashWhole(source: ByteSource): Promise<string> {
  const hash = await digest(await source.read(0, source.size));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
