import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDistribution, type DistributionDefinition } from "../../../local/gateway/distribution.ts";
import { pageAddressFunction } from "../../../local/gateway/page-address.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const pageAddress = pageAddressFunction(
  'function handler({ request }) { if (!request.uri.includes(".")) request.uri = "/index.html"; return request; }',
);

function portal() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "assets"));
  const publish = (key: string, text: string, cacheControl: string, marks = new Map<string, string>()) => {
    writeFileSync(join(folder, key), text);
    return [key, { path: join(folder, key), cacheControl, marks }] as const;
  };
  writeFileSync(join(folder, "secret.txt"), "secret");
  const files = new Map([
    publish("index.html", "<title>SystemHealer</title>", "no-cache"),
    publish("assets/main-1a2b.js", "start()", "public, max-age=31536000, immutable"),
    publish("config.json", '{"at":"<mark>"}', "no-cache", new Map([["<mark>", "https://aws"]])),
  ]);
  const definition: DistributionDefinition = {
    rootObject: "index.html",
    behaviours: [
      {
        paths: /^\/v1\/.*$/,
        source: "api",
        methods: ["POST"],
        headers: { "x-of": "api" },
        pageAddress: (path) => path,
      },
    ],
    otherwise: { source: { files }, methods: ["GET", "HEAD"], headers: { "x-of": "pages" }, pageAddress },
  };
  const distribution = createDistribution(definition, (text) => text.replace("https://aws", "http://here"));
  return { ...distribution, get: (path: string) => distribution.serve({ method: "GET", path }) };
}

test("published files are served, pages by any path, and nothing else of the folder", () => {
  const { get } = portal();
  for (const path of ["/", "/runs/run-1"]) expect(get(path)?.body.toString()).toContain("SystemHealer");
  expect(get("/assets/main-1a2b.js")).toMatchObject({
    status: 200,
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    },
  });
  for (const path of ["/assets/absent.js", "/secret.txt", "/%2e%2e/secret.txt", "/../secret.txt", "/%.txt"]) {
    expect(get(path)?.status).toBe(404);
  }
});

test("what deployment fills in is filled in, with the addresses of this machine", () => {
  expect(portal().get("/config.json")?.body.toString()).toBe('{"at":"http://here"}');
});

test("a path of the API is left to the API, with the headers of its own", () => {
  const { get, headersFor, serve } = portal();
  expect(get("/v1/runs")).toBeUndefined();
  expect([headersFor("/v1/runs"), headersFor("/runs")]).toEqual([{ "x-of": "api" }, { "x-of": "pages" }]);
  expect(serve({ method: "POST", path: "/" })?.status).toBe(403);
});

test("a function of the distribution sees nothing of this process", () => {
  const spying = pageAddressFunction("function handler({ request }) { request.uri = typeof process; return request; }");
  expect(spying("/")).toBe("undefined");
});
