import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPortal } from "../../../local/gateway/portal.ts";
import { temporaryFolder } from "../temporary-folder.ts";

test("the portal's files are served, its pages by any path, and nothing outside its folder", () => {
  const folder = temporaryFolder();
  const portalFolder = join(folder, "portal");
  mkdirSync(join(portalFolder, "assets"), { recursive: true });
  writeFileSync(join(portalFolder, "index.html"), "<title>SystemHealer</title>");
  writeFileSync(join(portalFolder, "assets", "main.js"), "start()");
  writeFileSync(join(folder, "secret.txt"), "secret");
  const settings = { apiUrl: "", region: "", userPoolId: "", userPoolClientId: "", cognitoEndpoint: "" };
  const portal = createPortal(settings, portalFolder);
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
