import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPortal } from "../../../local/gateway/portal.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const settings = {
  apiUrl: "http://127.0.0.1:4400",
  region: "eu-central-1",
  userPoolId: "",
  userPoolClientId: "",
  cognitoEndpoint: "http://127.0.0.1:4402",
};

test("the portal's files are served, its pages by any path, and nothing outside its folder", () => {
  const folder = temporaryFolder();
  const portalFolder = join(folder, "portal");
  mkdirSync(join(portalFolder, "assets"), { recursive: true });
  writeFileSync(join(portalFolder, "index.html"), "<title>SystemHealer</title>");
  writeFileSync(join(portalFolder, "assets", "main.js"), "start()");
  writeFileSync(join(folder, "secret.txt"), "secret");
  const portal = createPortal({ settings, bucketUrl: "http://127.0.0.1:4401", folder: portalFolder });
  const get = (path: string) => portal({ method: "GET", path });

  expect(get("/")?.body.toString()).toContain("SystemHealer");
  expect(get("/runs/run-1")?.body.toString()).toContain("SystemHealer");
  expect(get("/assets/main.js")).toMatchObject({
    status: 200,
    headers: { "content-type": "text/javascript; charset=utf-8" },
  });
  expect(get("/assets/absent.js")?.status).toBe(404);
  expect(get("/%2e%2e/secret.txt")?.status).toBe(404);
  expect(get("/../secret.txt")?.status).toBe(404);
  expect(portal({ method: "POST", path: "/" })).toBeUndefined();
});

test("files with their hash in the name are kept for good, pages and settings never; all carry the security headers", () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "");
  writeFileSync(join(folder, "assets", "main-1a2b.js"), "");
  const portal = createPortal({ settings, bucketUrl: "http://127.0.0.1:4401", folder });
  const headers = (path: string) => portal({ method: "GET", path })!.headers;

  expect(headers("/assets/main-1a2b.js")["cache-control"]).toBe("public, max-age=31536000, immutable");
  for (const path of ["/", "/runs", "/config.json"]) expect(headers(path)["cache-control"]).toBe("no-store");
  for (const path of ["/", "/config.json", "/assets/main-1a2b.js"]) {
    const policy = String(headers(path)["content-security-policy"]).split("; ");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:4400 http://127.0.0.1:4401 http://127.0.0.1:4402");
    expect(headers(path)).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
  }
});
