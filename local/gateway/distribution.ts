import { extname } from "node:path";
import type { PageAddress } from "./page-address.ts";
import { type PublishedFiles, readPublished } from "./published-file.ts";
import { type GatewayResponse, gatewayMessage } from "./response.ts";

/** Where a request goes and what its answer gets. */
export interface Behaviour {
  /** The HTTP API, or the files of a bucket. */
  readonly source: "api" | { readonly files: PublishedFiles };
  readonly methods: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly pageAddress: PageAddress;
}

/** A CloudFront distribution as the template defines it. */
export interface DistributionDefinition {
  readonly rootObject: string;
  /** The first whose paths fit counts. */
  readonly behaviours: readonly (Behaviour & { readonly paths: RegExp })[];
  readonly otherwise: Behaviour;
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

export interface Distribution {
  /** Headers that an answer to this path gets, whoever makes it. */
  headersFor(path: string): Readonly<Record<string, string>>;
  /** undefined where the API is asked. */
  serve(request: { readonly method: string; readonly path: string }): GatewayResponse | undefined;
}

/** Serves a bucket's files as CloudFront does, with the addresses of this machine in those that are filled in. */
export function createDistribution(
  { rootObject, behaviours, otherwise }: DistributionDefinition,
  localize: (text: string) => string,
): Distribution {
  const behaviourOf = (path: string): Behaviour => behaviours.find(({ paths }) => paths.test(path)) ?? otherwise;
  return {
    headersFor: (path) => behaviourOf(path).headers,
    serve({ method, path }) {
      const { source, methods, pageAddress } = behaviourOf(path);
      if (source === "api") return undefined;
      if (!methods.includes(method)) return gatewayMessage(403, "Forbidden");
      const key = keyOf(pageAddress(path), rootObject);
      const file = key === undefined ? undefined : source.files.get(key);
      if (key === undefined || !file) return gatewayMessage(404, "Not Found");
      const body = readPublished(file);
      return {
        status: 200,
        headers: {
          "content-type": types[extname(key)] ?? "application/octet-stream",
          ...(file.cacheControl !== undefined && { "cache-control": file.cacheControl }),
        },
        body: file.marks.size > 0 ? Buffer.from(localize(body.toString("utf8"))) : body,
      };
    },
  };
}

/** A key is looked up, never made into a path, so `..` leads nowhere. */
function keyOf(path: string, rootObject: string): string | undefined {
  try {
    return path === "/" ? rootObject : decodeURIComponent(path.slice(1));
  } catch {
    return undefined;
  }
}
