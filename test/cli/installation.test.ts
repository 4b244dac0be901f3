import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoUser, demoUser } from "../../local/start/demo-user.ts";
import { bootStack, type TestStack } from "../integration/support/stack.ts";
import { type CliOptions, type CliResult, systemhealer } from "./run-cli.ts";

let installation: TestStack;
let user: DemoUser;
let folder = "";
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-cli-"));
  installation = await bootStack();
  user = await demoUser(installation.stack, installation.dataDirectory);
}, 120_000);

afterAll(async () => {
  await installation?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command with a configuration folder of its own. */
function cli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return systemhealer(args, { ...options, env: { XDG_CONFIG_HOME: at("config"), ...options.env } });
}

async function json(args: readonly string[]) {
  const { code, stdout, stderr } = await cli([...args, "--json"]);
  expect([args, code, stderr]).toEqual([args, 0, ""]);
  return JSON.parse(stdout);
}

const sessionFile = () => at("config/systemhealer/session.json");

test("without a sign-in every command of the API ends with 4", async () => {
  const results = await Promise.all([cli(["runs", "list"]), cli(["upload", "package.json", "--purpose", "training"])]);
  for (const { code, stderr } of results) {
    expect(code).toBe(4);
    expect(stderr).toContain("systemhealer login");
  }
});

test("an address that serves no pages is asked as an API; one that is neither is named", async () => {
  const forward = createServer(async (request, response) => {
    if (!request.url?.startsWith("/v1/")) return response.writeHead(404).end('{"message":"Not Found"}');
    const { authorization } = request.headers;
    const answer = await fetch(`${installation.stack.urls.api}${request.url}`, {
      ...(authorization && { headers: { authorization } }),
    });
    return response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  }).listen(0, "127.0.0.1");
  await once(forward, "listening");
  const url = `http://127.0.0.1:${(forward.address() as AddressInfo).port}`;
  try {
    const login = (address: string) =>
      systemhealer(["login", address, "--email", user.email, "--json"], {
        env: { XDG_CONFIG_HOME: at("config-of-api"), SYSTEMHEALER_PASSWORD: user.password },
      });
    const accepted = await login(url);
    expect([accepted.code, accepted.stderr]).toEqual([0, ""]);
    expect(JSON.parse(accepted.stdout)).toMatchObject({ apiUrl: url, role: "admin" });
    const refused = await login(`${url}/elsewhere`);
    expect(JSON.parse(refused.stdout).error.code).toBe("no-installation");
  } finally {
    forward.close();
  }
});

test("a wrong password is refused; the right one signs in and leaves a file only the user can read", async () => {
  const login = (password: string) =>
    cli(["login", installation.stack.urls.api, "--email", user.email, "--json"], {
      env: { SYSTEMHEALER_PASSWORD: password },
    });
  const refused = await login("not-the-password");
  expect(refused.code).toBe(4);
  expect(JSON.parse(refused.stdout).error.code).toBe("sign-in-refused");
  const accepted = await login(user.password);
  expect(accepted.code).toBe(0);
  expect(JSON.parse(accepted.stdout)).toMatchObject({ email: user.email, role: "admin" });
  if (process.platform !== "win32") expect((await stat(sessionFile())).mode & 0o777).toBe(0o600);
  expect(await readFile(sessionFile(), "utf8")).not.toContain(user.password);
});

test("token prints a token that the API takes", async () => {
  const { idToken } = await json(["token"]);
  const { stdout } = await cli(["token"]);
  expect(stdout.trim()).toBe(idToken);
  const answer = await fetch(`${installation.stack.urls.api}/v1/session`, {
    headers: { authorization: `Bearer ${idToken}` },
  });
  expect(answer.status).toBe(200);
});

test("passwords and tokens go only to https or this machine", async () => {
  expect((await cli(["login", "http://example.invalid"])).code).toBe(2);
  expect((await cli(["login", "http://127.0.0.1:9", "--email", "a@b.c"])).code).toBe(7);
});

test("upload, train, diagnose, download: the same model and results as on the installation", {
  timeout: 120_000,
}, async () => {
  await json(["simulate", "--rows", "600", "--seed", "1", "--severity", "0.9", "--out", at("training.csv")]);
  await json(["simulate", "--rows", "11000", "--seed", "2", "--severity", "0.9", "--out", at("later.csv")]);
  const training = await json(["upload", at("training.csv"), "--purpose", "training", "--name", "first"]);
  expect(training.dataset).toMatchObject({ status: "ready", rows: 600, name: "first" });

  const run = await json([
    "runs",
    "train",
    training.dataset.datasetId,
    "--learner",
    "mlp",
    "--epochs",
    "12",
    "--watch",
  ]);
  expect(run).toMatchObject({ status: "succeeded", settings: { learner: { epochs: 12 } } });
  const { modelId } = run.result;
  expect((await json(["models", "list"])).items.map((model: { modelId: string }) => model.modelId)).toEqual([modelId]);
  expect(await json(["models", "activate", modelId])).toMatchObject({ modelId, active: true });

  // Larger than one part: a multipart upload.
  expect((await stat(at("later.csv"))).size).toBeGreaterThan(8 * 1024 * 1024);
  const later = await json(["upload", at("later.csv"), "--purpose", "diagnosis"]);
  const diagnosis = await json(["runs", "diagnose", later.dataset.datasetId, "--watch"]);
  expect(diagnosis.result.rows).toBe(11_000);

  await json(["download", "model", modelId, "model.onnx", "--out", at("model.onnx")]);
  await json(["download", "run", diagnosis.runId, "results.csv", "--out", at("results.csv")]);
  const offline = await json(["diagnose", at("model.onnx"), at("later.csv"), "--out", at("offline.csv")]);
  expect(offline.classes).toEqual(diagnosis.result.classes);
  expect(await readFile(at("offline.csv"))).toEqual(await readFile(at("results.csv")));

  await json(["simulate", "--rows", "400", "--seed", "3", "--severity", "0.9", "--out", at("repaired.csv")]);
  const repaired = await json(["upload", at("repaired.csv"), "--purpose", "diagnosis"]);
  const order = ["diagnose", repaired.dataset.datasetId, "--verifies", diagnosis.runId, "--normal-class", "0"];
  const check = await cli(["runs", ...order, "--watch"]);
  expect([check.code, check.stdout]).toEqual([0, expect.stringContaining("not back to normal")]);
  const incident = await cli(["runs", "watch", diagnosis.runId]);
  const checkId = /run-\w+/.exec(check.stdout)![0];
  expect([incident.code, incident.stdout]).toEqual([0, expect.stringContaining(checkId)]);

  const inUse = await cli(["datasets", "delete", training.dataset.datasetId]);
  expect(inUse.code).toBe(5);
  expect(inUse.stderr).toContain(modelId);
});

test("a download that was cut off fetches only the rest", async () => {
  const [{ datasetId, sha256 }] = (await json(["datasets", "list"])).items.filter(
    ({ purpose }: { purpose: string }) => purpose === "diagnosis",
  );
  const part = at(`again.csv.${sha256.slice(0, 12)}.part`);
  await writeFile(part, await readFile(at("later.csv")));
  await truncate(part, 5_000_000);
  await json(["download", "dataset", datasetId, "data", "--out", at("again.csv")]);
  const hash = createHash("sha256").update(await readFile(at("again.csv")));
  expect(hash.digest("hex")).toBe(sha256);

  await writeFile(part, "other bytes");
  const damaged = await cli(["download", "dataset", datasetId, "data", "--out", at("again.csv")]);
  expect(damaged.code).toBe(1);
  expect(damaged.stderr).toContain("SHA-256");
});

test("a file that the installation rejects ends with 3 and its findings", async () => {
  await writeFile(at("bad.csv"), "cpu,label\n1,a\nx,a\n2,b\n3,b\n");
  const { code, stdout } = await cli(["upload", at("bad.csv"), "--purpose", "training", "--json"]);
  expect(code).toBe(3);
  expect(JSON.parse(stdout).error.findings).toMatchObject([
    { code: "not-a-number", row: 2, column: "cpu", found: "x" },
  ]);
});

test("an upload that was interrupted goes on by the same command", async () => {
  const interrupted = await cli(["upload", at("later.csv"), "--purpose", "diagnosis", "--no-wait"], {
    onSpawn: (child) => {
      const poll = setInterval(async () => {
        const remembered = await readFile(at("config/systemhealer/uploads.json"), "utf8").catch(() => "");
        if (!remembered.includes("later.csv")) return;
        clearInterval(poll);
        child.kill("SIGINT");
      }, 5);
      setTimeout(() => clearInterval(poll), 20_000).unref();
    },
  });
  // A fast machine may have sent all of it before the signal came.
  expect([0, 130]).toContain(interrupted.code);
  const [, remembered] = JSON.parse(await readFile(at("config/systemhealer/uploads.json"), "utf8"))[0] ?? [];
  const { dataset } = await json(["upload", at("later.csv"), "--purpose", "diagnosis"]);
  expect(dataset).toMatchObject({ status: "ready", rows: 11_000 });
  if (interrupted.code === 130) expect(dataset.datasetId).toBe(remembered);
});

test("an old token is renewed, and the renewed one is kept", async () => {
  const session = JSON.parse(await readFile(sessionFile(), "utf8"));
  const [head, , signature] = session.idToken.split(".");
  const old = Buffer.from(JSON.stringify({ exp: 1 })).toString("base64url");
  await writeFile(sessionFile(), JSON.stringify({ ...session, idToken: `${head}.${old}.${signature}` }));
  await json(["runs", "list"]);
  const renewed = JSON.parse(await readFile(sessionFile(), "utf8"));
  const { exp } = JSON.parse(Buffer.from(renewed.idToken.split(".")[1], "base64url").toString());
  expect(exp).toBeGreaterThan(Date.now() / 1_000);
});

test("what is not there ends with 5, in the reader's language", async () => {
  const { code, stderr } = await cli(["runs", "get", "run-01HZZZZZZZZZZZZZZZZZZZZZZZ", "--lang", "zh"]);
  expect(code).toBe(5);
  expect(stderr).toContain("run-01HZZZZZZZZZZZZZZZZZZZZZZZ");
  expect(stderr).toMatch(/[\u4e00-\u9fff]/);
});

test("logout makes the refresh token worthless", async () => {
  const stolen = await readFile(sessionFile(), "utf8");
  expect(await json(["logout"])).toEqual({ signedOut: true });
  const session = JSON.parse(stolen);
  await writeFile(sessionFile(), JSON.stringify({ ...session, idToken: "a.e30.b" }));
  const { code, stderr } = await cli(["runs", "list"]);
  expect(code).toBe(4);
  expect(stderr).toContain("systemhealer login");
});
