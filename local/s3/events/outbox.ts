import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { renameOver, writeFileDurably } from "../storage/durable-file.ts";
import { readJsonFolder } from "../storage/read-json-folder.ts";
import type { ObjectCreatedEvent } from "./object-created-event.ts";

/**
 * Events that are not delivered yet, one file each, so that a crash loses none.
 *
 * An event is prepared before its object is written and committed after. At a start a prepared one counts if its
 * object came to be, which `exists` tells; else it goes.
 */
export class Outbox {
  readonly #directory: string;
  readonly #onCommitted: (event: ObjectCreatedEvent) => void;

  constructor(directory: string, onCommitted: (event: ObjectCreatedEvent) => void) {
    this.#directory = directory;
    this.#onCommitted = onCommitted;
  }

  async prepare(event: ObjectCreatedEvent): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    await writeFileDurably(this.#path(event, "prepared"), JSON.stringify(event));
  }

  async commit(event: ObjectCreatedEvent): Promise<void> {
    await renameOver(this.#path(event, "prepared"), this.#path(event, "committed"));
    this.#onCommitted(event);
  }

  /** After the event was taken over. */
  async remove(event: ObjectCreatedEvent): Promise<void> {
    await rm(this.#path(event, "committed"), { force: true });
  }

  /** Hands over what a former process left, oldest first. */
  async recover(exists: (event: ObjectCreatedEvent) => boolean): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const files = (await readJsonFolder(this.#directory)).map(({ name, content }) => ({
      event: content as ObjectCreatedEvent,
      prepared: name.endsWith(".prepared.json"),
    }));
    files.sort((a, b) => (a.event.detail.object.sequencer < b.event.detail.object.sequencer ? -1 : 1));
    for (const { event, prepared } of files) {
      if (!prepared) this.#onCommitted(event);
      else if (exists(event)) await this.commit(event);
      else await rm(this.#path(event, "prepared"), { force: true });
    }
  }

  #path(event: ObjectCreatedEvent, state: "prepared" | "committed"): string {
    return join(this.#directory, `${event.id}.${state}.json`);
  }
}
