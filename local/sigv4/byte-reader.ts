import { SignatureError } from "./signature-error.ts";

/** Reads lines and runs of bytes from a stream of buffers, in bounded memory. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #buffer: Uint8Array = new Uint8Array(0);
  #position = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its CRLF. */
  async line(maxBytes: number): Promise<string> {
    const bytes: number[] = [];
    while (true) {
      const byte = await this.#byte();
      if (byte === 0x0a) break;
      bytes.push(byte);
      if (bytes.length > maxBytes) throw incomplete();
    }
    if (bytes.pop() !== 0x0d) throw incomplete();
    return Buffer.from(bytes).toString("latin1");
  }

  /** Up to `maxBytes` bytes, at least one. */
  async some(maxBytes: number): Promise<Uint8Array> {
    if (!(await this.#fill())) throw incomplete();
    const end = Math.min(this.#position + maxBytes, this.#buffer.length);
    const bytes = this.#buffer.subarray(this.#position, end);
    this.#position = end;
    return bytes;
  }

  /** True when the source has ended. */
  async ended(): Promise<boolean> {
    return !(await this.#fill());
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #byte(): Promise<number> {
    if (this.#position === this.#buffer.length && !(await this.#fill())) throw incomplete();
    return this.#buffer[this.#position++]!;
  }

  async #fill(): Promise<boolean> {
    while (this.#position === this.#buffer.length) {
      const next = await this.#source.next();
      if (next.done) return false;
      this.#buffer = next.value;
      this.#position = 0;
    }
    return true;
  }
}

function incomplete(): SignatureError {
  return new SignatureError("IncompleteBody", "The request body terminated unexpectedly");
}
