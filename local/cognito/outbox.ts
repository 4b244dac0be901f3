import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { normalEmail } from "./users.ts";

export type MessageKind = "confirm-sign-up" | "reset-password" | "verify-email" | "invitation";

/** An e-mail the pool would send. */
export type OutgoingMessage = {
  readonly kind: MessageKind;
  readonly to: string;
  readonly username: string;
  readonly subject: string;
  readonly body: string;
  /** The six digits, or the temporary password of an invitation: what the start command shows. */
  readonly secret: string;
  /** ISO 8601. */
  readonly sentAt: string;
};

/** Told of a message, and of the file it is in. */
export type OnMessage = (message: OutgoingMessage, file: string) => void;

const mostKept = 1000;

/** A folder that takes the place of the mailboxes: one JSON file a message, the newest 1,000, owner-readable. */
export class Outbox {
  readonly #directory: string;
  readonly #onMessage: OnMessage;
  #files: string[];

  private constructor(directory: string, files: string[], onMessage: OnMessage) {
    this.#directory = directory;
    this.#files = files;
    this.#onMessage = onMessage;
  }

  static async open(directory: string, onMessage: OnMessage): Promise<Outbox> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const files = (await readdir(directory)).filter((name) => name.endsWith(".json")).sort();
    return new Outbox(directory, files, onMessage);
  }

  async send(message: OutgoingMessage): Promise<void> {
    const name = `${message.sentAt.replaceAll(":", "-")}-${randomUUID()}.json`;
    const beside = join(this.#directory, `${name}.new`);
    await writeFile(beside, `${JSON.stringify(message, null, 2)}\n`, { mode: 0o600 });
    await rename(beside, join(this.#directory, name));
    this.#files.push(name);
    const surplus = this.#files.splice(0, Math.max(0, this.#files.length - mostKept));
    await Promise.all(surplus.map((file) => rm(join(this.#directory, file), { force: true })));
    this.#onMessage(message, join(this.#directory, name));
  }
}

/** Fills a template of the pool: `{####}` is the code, `{username}` the user name. */
export function fillTemplate(template: string, values: { readonly code: string; readonly username: string }): string {
  return template.replaceAll("{####}", () => values.code).replaceAll("{username}", () => values.username);
}

/** How an address is shown to who may not know it: `j***@e***`, the same for every spelling of its case. */
export function maskEmail(email: string): string {
  const [local = "", domain = ""] = normalEmail(email).split("@");
  return `${local.charAt(0)}***@${domain.charAt(0)}***`;
}
