import { type Client, ConnectionError } from "@systemhealer/contract/client";
import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import {
  type ByteSource,
  resumeUpload,
  UploadError,
  type UploadOptions,
  type UploadOrder,
  uploadDataset,
} from "@systemhealer/contract/upload";
import { ExternalStore } from "../../lib/external-store.ts";
import { isGone } from "../../lib/is-gone.ts";
import { SignInError } from "../../lib/user-pool.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { forgetUpload, type RememberedUpload, rememberUpload } from "./upload-memory.ts";
import { type RateSample, withSample } from "./upload-rate.ts";

/** `interrupted`: the connection is lost; it goes on by itself once it is back. */
export type UploadState = "waiting" | "sending" | "paused" | "interrupted" | "sent" | "failed" | "cancelled";

/** What the system does with a file once it is checked, whether or not the page is still open. */
export type FollowUp = Pick<UploadOrder, "followUp" | "thenDiagnose">;

export interface UploadEntry {
  readonly id: string;
  readonly file: File;
  readonly purpose: DatasetPurpose;
  readonly followUp: FollowUp | undefined;
  /** Id of the entry that has to arrive first: the file that the model trained on this one is to diagnose. */
  readonly after?: string;
  readonly state: UploadState;
  /** Known once it is announced. */
  readonly datasetId?: string;
  readonly arrivedBytes: number;
  readonly samples: readonly RateSample[];
  readonly error?: unknown;
}

/** Files that are sent at the same time; each sends several parts side by side itself. */
const sideBySide = 2;
/** Waits before an interrupted upload is tried again, in milliseconds; the last one again and again. */
const interruptionWaits = [2_000, 4_000, 8_000, 15_000, 30_000] as const;
/** About an hour. */
const mostTries = 120;

/** The uploads of this visit. They go on while other pages are open. */
export class UploadQueue {
  readonly entries = new ExternalStore<readonly UploadEntry[]>([]);
  readonly #client: Client;
  readonly #stops = new Map<string, AbortController>();
  /** Tries of an entry since something of it has last arrived. */
  readonly #tries = new Map<string, number>();
  readonly #owner: () => Promise<string>;
  readonly #onSent: (entry: UploadEntry) => void;
  #lastId = 0;

  /**
   * @param owner id of the user whose uploads these are
   * @param onSent told of every file that has arrived whole
   */
  constructor(client: Client, owner: () => Promise<string>, onSent: (entry: UploadEntry) => void) {
    this.#client = client;
    this.#owner = owner;
    this.#onSent = onSent;
  }

  add(file: File, purpose: DatasetPurpose, followUp?: FollowUp): void {
    this.#enqueue({ file, purpose, followUp });
  }

  /**
   * Sends a file to be diagnosed, then one to be trained on with the order to diagnose the first. @returns the id of
   * the second entry
   */
  addChain(training: File, diagnosis: File): string {
    const after = this.#enqueue({ file: diagnosis, purpose: "diagnosis", followUp: undefined });
    return this.#enqueue({ file: training, purpose: "training", followUp: { followUp: "train" }, after });
  }

  /** Goes on with an upload of an earlier visit. @returns false where it is not the same file */
  async addAgain(file: File, remembered: RememberedUpload): Promise<boolean> {
    if ((await fingerprintOf(file)) !== remembered.fingerprint) return false;
    this.#enqueue({ file, purpose: remembered.purpose, followUp: undefined, datasetId: remembered.datasetId });
    return true;
  }

  pause(id: string): void {
    this.#change(id, { state: "paused" });
    this.#stop(id);
  }

  resume(id: string): void {
    this.#tries.delete(id);
    this.#wait(id);
  }

  /** Stops what is on its way, since the connection is lost. */
  interrupt(): void {
    for (const { id, state } of this.entries.get()) {
      if (state !== "sending") continue;
      this.#stop(id);
      this.#interrupted(id);
    }
  }

  /** Goes on with what was interrupted. */
  goOn(): void {
    for (const { id, state } of this.entries.get()) {
      if (state === "interrupted") this.#wait(id);
    }
  }

  /** Gives the upload up, and what was to follow it; what has arrived of it is deleted. */
  async cancel(id: string): Promise<void> {
    const entry = this.#find(id);
    this.#change(id, { state: "cancelled" });
    for (const { id: later, after } of this.entries.get()) {
      if (after === id) this.#change(later, { state: "cancelled" });
    }
    this.#stop(id);
    const datasetId = this.#find(id)?.datasetId ?? entry?.datasetId;
    if (datasetId === undefined) return;
    forgetUpload(await this.#owner(), datasetId);
    await this.#client.call("deleteDataset", { datasetId }).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  }

  get isSending(): boolean {
    return this.entries.get().some(({ state }) => ["sending", "waiting", "interrupted"].includes(state));
  }

  /** Stops everything and forgets it, since another account follows. */
  clear(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.#tries.clear();
    this.entries.set([]);
  }

  #enqueue(
    start: Pick<UploadEntry, "file" | "purpose" | "followUp"> & {
      readonly datasetId?: string;
      readonly after?: string;
    },
  ): string {
    this.#lastId += 1;
    const id = `upload-${this.#lastId}`;
    const entry: UploadEntry = { ...start, id, state: "waiting", arrivedBytes: 0, samples: [] };
    this.entries.update((list) => [...list, entry]);
    this.#next();
    return id;
  }

  #wait(id: string): void {
    this.#change(id, { state: "waiting", samples: [], error: undefined });
    this.#next();
  }

  #next(): void {
    const list = this.entries.get();
    const free = sideBySide - list.filter(({ state }) => state === "sending").length;
    const isDue = ({ state, after }: UploadEntry) =>
      state === "waiting" && (after === undefined || this.#find(after)?.state === "sent");
    for (const entry of list.filter(isDue).slice(0, Math.max(0, free))) void this.#send(entry);
  }

  async #send(entry: UploadEntry): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(entry.id, stop);
    this.#change(entry.id, { state: "sending", samples: [{ at: performance.now(), bytes: 0 }] });
    const { file, purpose } = entry;
    const thenDiagnose = entry.after === undefined ? undefined : this.#find(entry.after)?.datasetId;
    const followUp = { ...entry.followUp, ...(thenDiagnose !== undefined && { thenDiagnose }) };
    const options: UploadOptions = {
      signal: stop.signal,
      onCreated: async (datasetId) => {
        this.#change(entry.id, { datasetId });
        const [owner, fingerprint] = await Promise.all([this.#owner(), fingerprintOf(file)]);
        rememberUpload(owner, { datasetId, name: file.name, sizeBytes: file.size, purpose, fingerprint });
      },
      onProgress: ({ arrivedBytes, keptBytes }) => {
        const sample = { at: performance.now(), bytes: arrivedBytes - keptBytes };
        const known = this.#find(entry.id);
        const samples = withSample(known?.samples ?? [], sample);
        // One that is resumed first counts what is there already.
        this.#change(entry.id, { arrivedBytes: Math.max(arrivedBytes, known?.arrivedBytes ?? 0), samples });
        if (arrivedBytes > keptBytes) this.#tries.delete(entry.id);
      },
    };
    try {
      const source = sourceOf(file);
      const dataset = entry.datasetId
        ? await resumeUpload(this.#client, entry.datasetId, source, options)
        : await uploadDataset(this.#client, source, { fileName: file.name, purpose, ...followUp }, options);
      forgetUpload(await this.#owner(), dataset.datasetId);
      this.#change(entry.id, { state: "sent", datasetId: dataset.datasetId, arrivedBytes: file.size });
      this.#onSent(this.#find(entry.id) ?? entry);
    } catch (error) {
      if (!stop.signal.aborted) this.#end(entry.id, error);
    } finally {
      if (this.#stops.get(entry.id) === stop) this.#stops.delete(entry.id);
      this.#next();
    }
  }

  /** A lost connection is waited for; anything else ends the upload until somebody resumes it. */
  #end(id: string, error: unknown): void {
    if (isLostConnection(error) && (this.#tries.get(id) ?? 0) < mostTries) this.#interrupted(id);
    else this.#change(id, { state: "failed", error });
  }

  #interrupted(id: string): void {
    const tries = this.#tries.get(id) ?? 0;
    this.#tries.set(id, tries + 1);
    this.#change(id, { state: "interrupted" });
    const wait = interruptionWaits[Math.min(tries, interruptionWaits.length - 1)]!;
    setTimeout(() => this.#find(id)?.state === "interrupted" && this.#wait(id), wait);
  }

  #stop(id: string): void {
    this.#stops.get(id)?.abort();
  }

  #find(id: string): UploadEntry | undefined {
    return this.entries.get().find((entry) => entry.id === id);
  }

  #change(id: string, change: Partial<UploadEntry> & { readonly error?: unknown }): void {
    this.entries.update((list) => list.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)));
  }
}

function isLostConnection(error: unknown): boolean {
  if (error instanceof ConnectionError) return true;
  if (error instanceof SignInError) return error.code === "NetworkError";
  return error instanceof UploadError && error.code === "storage-unreachable";
}

function sourceOf(file: File): ByteSource {
  return {
    size: file.size,
    read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  };
}
