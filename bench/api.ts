/**
 * Requests per second and latency of the one-row diagnosis through the local gateway, beside a bare HTTP server that
 * answers the same bytes to the same client: what is left over is the product and the local stack. Then the same requests
 * while a training runs on the same machine.
 *
 *     npm run bench:api -- [--requests 2000] [--concurrency 4] [--json]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@systemhealer/contract/client";
import { uploadDataset } from "@systemhealer/contract/upload";
import { simulate } from "@systemhealer/simulator/simulate";
import type { LocalStack } from "../local/local-stack.ts";
import { signIn } from "../local/start/sign-in.ts";
import { readOptions } from "./options.ts";
import { wholeNumber } from "./whole-number.ts";

const { values } = readOptions(import.meta.filename, {
  options: {
    requests: { type: "string", default: "2000" },
    concurrency: { type: "string", default: "4" },
    json: { type: "boolean", default: false },
  },
});
const requests = wholeNumber("requests", values.requests);
const concurrency = wholeNumber("concurrency", values.concurrency);
const rounds = 3;

type Client = ReturnType<typeof createClient>;

interface Latencies {
  readonly requestsPerSecond: number;
  readonly p50Milliseconds: number;
  readonly p99Milliseconds: number;
}

const dataDirectory = mkdtempSync(join(tmpdir(), "systemhealer-bench-"));
const stack = spawn(
  process.execPath,
  ["--no-warnings", "local/main.ts", "--no-sample", "--data", dataDirectory, "--port", "0"],
  { stdio: ["ignore", "pipe", "inherit"] },
);
try {
  const { client, token, url } = await signInToStack();
  process.stderr.write("training a model on simulated rows …\n");
  const { header, rows } = await simulatedRows(1_500);
  await ended(await orderTraining(header, rows, client), client);
  const samples = rows.slice(0, 100).map((row) => sampleOf(header, row));
  const bodies = samples.map((sample) => JSON.stringify({ rows: [sample] }));
  const headers = { authorization: `Bearer ${await token()}`, "content-type": "application/json" };
  const ask = (base: string) => async (i: number) => {
    const response = await fetch(`${base}/v1/diagnoses`, { method: "POST", headers, body: bodies[i % bodies.length]! });
    if (response.status !== 200) throw new Error(`The API answered ${response.status}: ${await response.text()}`);
    return response.text();
  };
  const bare = await bareServer(await ask(url)(0));
  await measure(ask(url), Math.min(requests, 200));
  const product: Latencies[] = [];
  const floor: Latencies[] = [];
  for (let round = 0; round < rounds; round++) {
    product.push(await measure(ask(url), requests));
    floor.push(await measure(ask(bare.url), requests));
  }
  bare.close();
  const runId = await orderTraining(header, await simulatedRows(10_000).then(({ rows }) => rows), client);
  const training: Latencies[] = [];
  for (let round = 0; round < rounds; round++) {
    await whileRunning(runId, client);
    training.push(await measure(ask(url), requests));
  }
  await whileRunning(runId, client);
  await client.call("cancelRun", { runId });
  report(median(product), median(floor), median(training));
} finally {
  const exit = once(stack, "exit");
  stack.kill("SIGTERM");
  await exit;
  rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
}

async function signInToStack() {
  let url: string | undefined;
  for await (const line of createInterface(stack.stdout)) {
    url ??= /^\s*API\s+(http:\S+)/.exec(line)?.[1];
    if (line.includes("Ctrl+C")) break;
  }
  stack.stdout.resume();
  if (!url) throw new Error("The local stack printed no address");
  const config = (await (await fetch(`${url}/config.json`)).json()) as Record<string, string>;
  const urls = { aws: config.cognitoEndpoint };
  const userPool = { userPoolId: config.userPoolId, userPoolClientId: config.userPoolClientId };
  const user = JSON.parse(readFileSync(join(dataDirectory, "demo.json"), "utf8"));
  const token = await signIn({ urls, userPool } as unknown as LocalStack, user);
  return { client: createClient({ baseUrl: url, token }), token, url };
}

async function simulatedRows(count: number): Promise<{ header: string[]; rows: string[][] }> {
  let text = "";
  for await (const part of simulate({ rows: count, seed: 1 })) text += part;
  const [header, ...rows] = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  return { header: header!, rows };
}

async function orderTraining(header: string[], rows: string[][], client: Client): Promise<string> {
  const bytes = new TextEncoder().encode([header, ...rows].map((row) => row.join(",")).join("\n"));
  const source = { size: bytes.length, read: async (from: number, to: number) => bytes.slice(from, to) };
  const { datasetId } = await uploadDataset(client, source, { fileName: "simulated.csv", purpose: "training" });
  while ((await client.call("getDataset", { datasetId })).status !== "ready") await sleep(200);
  return (await client.call("createTrainingRun", { body: { datasetId } })).runId;
}

async function ended(runId: string, client: Client): Promise<void> {
  for (;;) {
    const { status } = await client.call("getRun", { runId });
    if (status === "succeeded") return;
    if (status !== "queued" && status !== "running") throw new Error(`The training has ${status}`);
    await sleep(300);
  }
}

/** Waits until the training runs; one that has ended says nothing about requests beside it. */
async function whileRunning(runId: string, client: Client): Promise<void> {
  for (;;) {
    const { status } = await client.call("getRun", { runId });
    if (status === "running") return;
    if (status !== "queued") throw new Error(`The training has ${status} before the requests were measured`);
    await sleep(300);
  }
}

function sampleOf(header: string[], row: string[]): Record<string, number | null> {
  const cells = header.map((name, i) => [name, row[i] === "" ? null : Number(row[i])] as const);
  return Object.fromEntries(cells.filter(([name]) => name !== "label" && name !== "sample_id"));
}

async function bareServer(answer: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json" }).end(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function measure(ask: (i: number) => Promise<unknown>, count: number): Promise<Latencies> {
  const latencies = new Float64Array(count);
  let next = 0;
  const began = performance.now();
  const worker = async () => {
    while (next < count) {
      const i = next++;
      const start = performance.now();
      await ask(i);
      latencies[i] = performance.now() - start;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - began) / 1_000;
  latencies.sort();
  const quantile = (q: number) => latencies[Math.min(count - 1, Math.floor(q * count))]!;
  return { requestsPerSecond: count / seconds, p50Milliseconds: quantile(0.5), p99Milliseconds: quantile(0.99) };
}

/** The round in the middle by requests per second. */
function median(results: readonly Latencies[]): Latencies {
  return results.toSorted((a, b) => a.requestsPerSecond - b.requestsPerSecond)[results.length >> 1]!;
}

function report(product: Latencies, floor: Latencies, training: Latencies): void {
  const machine = { cores: availableParallelism(), processor: cpus()[0]?.model ?? "?", node: process.version };
  const result = { simulated: true, requests, concurrency, rounds, product, floor, training, machine };
  if (values.json) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    return;
  }
  const line = (name: string, of: Latencies) =>
    `${name} ${of.requestsPerSecond.toFixed(0).padStart(7)} requests/s   p50 ${of.p50Milliseconds.toFixed(1)} ms   p99 ${of.p99Milliseconds.toFixed(1)} ms\n`;
  process.stdout.write(
    `One-row diagnosis, ${concurrency} at a time, ${requests} requests, median of ${rounds} rounds\n` +
      line("local stack              ", product) +
      line("bare server              ", floor) +
      line("stack beside a training  ", training),
  );
}
