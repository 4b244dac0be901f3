import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize, sep } from "node:path";
import { type GatewayResponse, gatewayMessage } from "./response.ts";
import { securityHeaders } from "./security-headers.ts";

/** What a page must know to reach the system; all of it is public. */
export interface PortalSettings {
  readonly apiUrl: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly cognitoEndpoint: string;
}

export interface PortalOptions {
  readonly settings: PortalSettings;
  /** Where files are sent to and fetched from. */
  readonly bucketUrl: string;
  /** Of the built portal; undefined where only its settings are served. */
  readonly folder: string | undefined;
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Serves `/config.json` and, where there is one, the folder of the built portal; a path without an extension is a
 * page of it. Files under `assets/` have their hash in the name and may be kept for good.
 */
export function createPortal({ settings, bucketUrl, folder }: PortalOptions) {
  const security = securityHeaders({ ...settings, bucketUrl });
  return ({ method, path }: { readonly method: string; readonly path: string }): GatewayResponse | undefined => {
    if (method !== "GET" && method !== "HEAD") return undefined;
    if (path === "/config.json") {
      return {
        status: 200,
        headers: { ...security, "content-type": "application/json", "cache-control": "no-store" },
        body: Buffer.from(`${JSON.stringify(settings, null, 2)}\n`),
      };
    }
    if (folder === undefined) return undefined;
    const file = fileOf(folder, path);
    if (file === undefined) return gatewayMessage(404, "Not Found");
    const type = types[extname(file)] ?? "application/octet-stream";
    const cache = file.startsWith(join(folder, "assets") + sep) ? "public, max-age=31536000, immutable" : "no-store";
    return {
      status: 200,
      headers: { ...security, "content-type": type, "cache-control": cache },
      body: readFileSync(file),
    };
  };
}

function fileOf(folder: string, path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const file = normalize(join(folder, decoded));
  if (file !== folder && !file.startsWith(folder + sep)) return undefined;
  if (existsSync(file) && statSync(file).isFile()) return file;
  const index = join(folder, "index.html");
  return extname(decoded) === "" && existsSync(index) ? index : undefined;
}
