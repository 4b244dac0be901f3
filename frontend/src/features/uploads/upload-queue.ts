import { ApiError, type Client } from "@systemhealer/contract/client";
import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import {
  type ByteSource,
  resumeUpload,
  type UploadOptions,
  type UploadOrder,
  uploadDataset,
} from "@systemhealer/contract/upload";
import { ExternalStore } from "../../lib/external-store.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { forgetUpload, type RememberedUpload, rememberUpload } from "./upload-memory.ts";
import { type RateSample, withSample } from "./upload-rate.ts";

export type UploadState = "waiting" | "sending" | "paused" | "sent" | "failed" | "cancelled";

/** What the system does with a file once it is checked, whether or not the page is still open. */
export type FollowUp = Pick<UploadOrder, "followUp" | "thenDiagnose">;

export interface UploadEntry {
  readonly id: string;
  readonly file: File;
  readonly purpose: DatasetPurpose;
  readonly followUp: FollowUp | undefined;
  readonly state: UploadState;
  /** Known once it is announced. */
  readonly datasetId?: string;
  readonly arrivedBytes: number;
  readonly samples: readonly RateSample[];
  readonly error?: unknown;
}

/** Files that are sent at the same time; each sends several parts side by side itself. */
const sideBySide = 2;

/** The uploads of this visit. They go on while other pages are open. */
export class UploadQueue {
  readonly entries = new ExternalStore<readonly UploadEntry[]>([]);
  readonly #client: Client;
  readonly #stops = new Map<string, AbortController>();
  readonly #onSent: (entry: UploadEntry) => void;
  #lastId = 0;

  /** @param onSent told of every file that has arrived whole */
  constructor(client: Client, onSent: (entry: UploadEntry) => void) {
    this.#client = client;
    this.#onSent = onSent;
  }

  add(file: File, purpose: DatasetPurpose, followUp?: FollowUp): void {
    this.#enqueue({ file, purpose, followUp });
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
    this.#change(id, { state: "waiting", samples: [], error: undefined });
    this.#next();
  }

  /** Gives the upload up; what has arrived of it is deleted. */
  async cancel(id: string): Promise<void> {
    const entry = this.#find(id);
    this.#change(id, { state: "cancelled" });
    this.#stop(id);
    const datasetId = this.#find(id)?.datasetId ?? entry?.datasetId;
    if (datasetId === undefined) return;
    forgetUpload(datasetId);
    await this.#client.call("deleteDataset", { datasetId }).catch((error: unknown) => {
      if (!(error instanceof ApiError && error.problem.status === 404)) throw error;
    });
  }

  get isSending(): boolean {
    return this.entries.get().some(({ state }) => state === "sending" || state === "waiting");
  }

  /** Stops everything and forgets it, since another account follows. */
  clear(): void {
    for (const stop of this.#stops.values()) stop.abort();
    this.entries.set([]);
  }

  #enqueue(start: Pick<UploadEntry, "file" | "purpose" | "followUp"> & { readonly datasetId?: string }): void {
    this.#lastId += 1;
    const entry: UploadEntry = {
      ...start,
      id: `upload-${this.#lastId}`,
      state: "waiting",
      arrivedBytes: 0,
      samples: [],
    };
    this.entries.update((list) => [...list, entry]);
    this.#next();
  }

  #next(): void {
    const list = this.entries.get();
    const free = sideBySide - list.filter(({ state }) => state === "sending").length;
    for (const entry of list.filter(({ state }) => state === "waiting").slice(0, Math.max(0, free))) {
      void this.#send(entry);
    }
  }

  async #send(entry: UploadEntry): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(entry.id, stop);
    this.#change(entry.id, { state: "sending", samples: [{ at: performance.now(), bytes: 0 }] });
    const { file, purpose, followUp } = entry;
    const options: UploadOptions = {
      signal: stop.signal,
      onCreated: async (datasetId) => {
        this.#change(entry.id, { datasetId });
        const fingerprint = await fingerprintOf(file);
        rememberUpload({ datasetId, name: file.name, sizeBytes: file.size, purpose, fingerprint });
      },
      onProgress: ({ arrivedBytes, keptBytes }) => {
        const sample = { at: performance.now(), bytes: arrivedBytes - keptBytes };
        const samples = withSample(this.#find(entry.id)?.samples ?? [], sample);
        this.#change(entry.id, { arrivedBytes, samples });
      },
    };
    try {
      const source = sourceOf(file);
      const dataset = entry.datasetId
        ? await resumeUpload(this.#client, entry.datasetId, source, options)
        : await uploadDataset(this.#client, source, { fileName: file.name, purpose, ...followUp }, options);
      forgetUpload(dataset.datasetId);
      this.#change(entry.id, { state: "sent", datasetId: dataset.datasetId, arrivedBytes: file.size });
      this.#onSent(this.#find(entry.id) ?? entry);
    } catch (error) {
      if (!stop.signal.aborted) this.#change(entry.id, { state: "failed", error });
    } finally {
      if (this.#stops.get(entry.id) === stop) this.#stops.delete(entry.id);
      this.#next();
    }
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

function sourceOf(file: File): ByteSource {
  return {
    size: file.size,
    read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  };
}
