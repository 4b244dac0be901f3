import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { writeFileAtomically } from "../process/write-file-atomically.ts";

export interface PublishedMessage {
  readonly topicArn: string;
  readonly message: string;
  readonly subject?: string;
}

/** A topic that the template does not have. */
export class TopicNotFoundError extends Error {
  constructor() {
    super("Topic does not exist");
    this.name = "NotFound";
  }
}

/** Topics whose messages stay as JSON files in an outbox folder, one folder a topic. */
export class Topics {
  readonly #outbox: string;
  readonly #arns: ReadonlySet<string>;

  constructor(outbox: string, arns: Iterable<string>) {
    this.#outbox = outbox;
    this.#arns = new Set(arns);
  }

  /** Returns the message's id. @throws TopicNotFoundError */
  publish(message: PublishedMessage): string {
    if (!this.#arns.has(message.topicArn)) throw new TopicNotFoundError();
    const messageId = randomUUID();
    const publishedAt = new Date().toISOString();
    const file = `${publishedAt.replaceAll(":", "-")}-${messageId}.json`;
    const path = join(this.#outbox, message.topicArn.split(":").at(-1)!, file);
    writeFileAtomically(path, `${JSON.stringify({ messageId, publishedAt, ...message }, null, 2)}\n`);
    return messageId;
  }
}
