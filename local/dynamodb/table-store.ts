import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { childEnvironment, ownGroup } from "../process/child-environment.ts";
import type { LogFile } from "../process/log-file.ts";
import { stopProcess } from "../process/stop-process.ts";
import type { JsonObject } from "../template/json.ts";
import { storeKeyHeader, storeKeyVariable } from "./store-key.ts";

export interface StoreAnswer {
  readonly status: number;
  readonly body: Buffer;
}

const startMilliseconds = 20_000;

/** The tables on disk, behind a port that answers this process only. Who may call is decided before. */
export class TableStore {
  readonly #child: ChildProcess;
  readonly port: number;
  readonly #key: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  private constructor(child: ChildProcess, port: number, key: string) {
    this.#child = child;
    this.port = port;
    this.#key = key;
  }

  static async start(directory: string, log: LogFile): Promise<TableStore> {
    mkdirSync(directory, { recursive: true });
    const key = randomBytes(32).toString("hex");
    const child = fork(join(import.meta.dirname, "table-process.ts"), [directory], {
      ...ownGroup,
      env: childEnvironment({ [storeKeyVariable]: key }),
      execArgv: ["--no-warnings"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child.stdout?.on("data", (text: Buffer) => log.write(text));
    child.stderr?.on("data", (text: Buffer) => log.write(text));
    const port = await new Promise<number>((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`the table store did not start: ${why}; see ${log.path}`));
      const timer = setTimeout(() => fail("no answer"), startMilliseconds);
      child.once("message", (message: { port: number }) => {
        clearTimeout(timer);
        resolve(message.port);
      });
      child.once("exit", (code) => {
        clearTimeout(timer);
        fail(`exit status ${code}`);
      });
    });
    return new TableStore(child, port, key);
  }

  /** @param target such as `DynamoDB_20120810.GetItem`. */
  call(target: string, body: Buffer): Promise<StoreAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          agent: this.#agent,
          host: "127.0.0.1",
          port: this.port,
          method: "POST",
          path: "/",
          headers: {
            // The store looks for these and does not verify them.
            authorization: "AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=verified-before",
            "x-amz-date": "20000101T000000Z",
            "content-type": "application/x-amz-json-1.0",
            "content-length": body.length,
            "x-amz-target": target,
            [storeKeyHeader]: this.#key,
          },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () => resolve({ status: incoming.statusCode ?? 500, body: Buffer.concat(chunks) }));
          incoming.on("error", reject);
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  /** Calls an operation with an object and gives its answer. @throws Error named by the answer's type. */
  async send(operation: string, input: JsonObject): Promise<JsonObject> {
    const answer = await this.call(`DynamoDB_20120810.${operation}`, Buffer.from(JSON.stringify(input)));
    const output = JSON.parse(answer.body.toString()) as JsonObject;
    if (answer.status === 200) return output;
    const error = new Error(String(output.message ?? output.Message ?? "the table store failed"));
    error.name = String(output.__type).split("#").at(-1)!;
    throw error;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    await stopProcess(this.#child, 3_000);
  }
}
