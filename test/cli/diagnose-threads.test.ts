import { spawn } from "node:child_process";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { systemhealer } from "./run-cli.ts";

// Each starts the command several times, which takes long where the machine is busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const rowCount = 60_000;
let folder = "";
const path = (name: string) => join(folder, name);

/** Rows of two classes, of which the second has more of everything. */
function kpis(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const wave = Math.sin(row * 12.9898);
    const state = row % 2;
    return `${(2 * state + wave).toFixed(3)},${(2 * state - wave).toFixed(3)},${state ? "busy" : "calm"}\n`;
  });
  return `cpu,disk,label\n${lines.join("")}`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-threads-"));
  await writeFile(path("few.csv"), kpis(400));
  await writeFile(path("many.csv"), kpis(rowCount));
  const training = ["train", path("few.csv"), "--out", path("model.onnx"), "--learner", "extra-trees"];
  expect((await systemhealer(training)).code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a large file is diagnosed byte by byte alike on one thread, on two and on more than there are", async () => {
  const found: string[][] = [];
  for (const threads of ["1", "2", "64"]) {
    const outputs = {
      out: path(`${threads}.csv`),
      summary: path(`${threads}.json`),
      sample: path(`${threads}.s.json`),
    };
    const flags = Object.entries(outputs).flatMap(([name, file]) => [`--${name}`, file]);
    const order = ["diagnose", path("model.onnx"), path("many.csv"), "--threads", threads, ...flags];
    expect((await systemhealer(order)).code).toBe(0);
    found.push(await Promise.all(Object.values(outputs).map((file) => readFile(file, "utf8"))));
  }
  expect(found[1]).toEqual(found[0]);
  expect(found[2]).toEqual(found[0]);
});

test.each(["1", "3"])("a file that is wrong at its end leaves no results (%s threads)", async (threads) => {
  await writeFile(path("wrong.csv"), `${kpis(rowCount)}1,x,calm\n`);
  const order = ["diagnose", path("model.onnx"), path("wrong.csv"), "--threads", threads, "--out", path("never.csv")];
  const { code, stdout } = await systemhealer([...order, "--json"]);
  const finding = { code: "not-a-number", row: rowCount + 1, column: "disk", found: "x", expected: "number" };
  expect([code, JSON.parse(stdout).error.findings]).toEqual([3, [finding]]);
  await expect(access(path("never.csv"))).rejects.toThrow("ENOENT");
});

test.each(["1", "3"])(
  "it ends in order where its reader goes, and where it is told to (%s threads)",
  async (threads) => {
    const order = ["diagnose", path("model.onnx"), path("many.csv"), "--threads", threads, "--out", "-"];
    expect(await run(order, (child) => child.stdout.destroy())).toEqual({ code: 141, signal: null });
    // With nobody to read them, its results do not come to their end before it is told to stop.
    const stop = (child: ReturnType<typeof start>) => {
      child.stdout.pause();
      child.kill("SIGTERM");
    };
    expect(await run(order, stop)).toEqual({ code: 143, signal: null });
  },
);

/** @param onResults called with the first results */
function run(args: readonly string[], onResults: (child: ReturnType<typeof start>) => void) {
  const child = start(args);
  child.stdout.once("data", () => onResults(child));
  return new Promise((done) => child.on("exit", (code, signal) => done({ code, signal })));
}

function start(args: readonly string[]) {
  const launcher = resolve("cli/bin/systemhealer.mjs");
  return spawn(process.execPath, [launcher, ...args], { stdio: ["ignore", "pipe", "ignore"] });
}
