import type { Route } from "./http-api.ts";

export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The most specific route for a request, as API Gateway chooses: literal parts before `{name}`, that before
 * `{name+}`, a method before ANY, and `$default` last.
 *
 * @param path as it came, still percent-encoded.
 */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch | undefined {
  let best: (RouteMatch & { readonly rank: string }) | undefined;
  for (const route of routes) {
    const match = tryRoute(route, method, path);
    if (match && (!best || match.rank < best.rank)) best = match;
  }
  return best && { route: best.route, pathParameters: best.pathParameters };
}

function tryRoute(route: Route, method: string, path: string): (RouteMatch & { readonly rank: string }) | undefined {
  if (route.key === "$default") return { route, pathParameters: {}, rank: "9" };
  const [routeMethod, template = "/"] = route.key.split(" ");
  if (routeMethod !== "ANY" && routeMethod !== method) return undefined;
  const expected = partsOf(template);
  const given = partsOf(path);
  const pathParameters: Record<string, string> = {};
  let rank = "";
  for (const [index, part] of expected.entries()) {
    const name = /^\{([^}]+?)(\+?)\}$/.exec(part);
    if (name?.[2] === "+") {
      if (given.length <= index) return undefined;
      pathParameters[name[1]!] = given.slice(index).map(decode).join("/");
      return { route, pathParameters, rank: `${rank}3${routeMethod === "ANY" ? 1 : 0}` };
    }
    const value = given[index];
    if (value === undefined || value === "") return undefined;
    if (name) {
      pathParameters[name[1]!] = decode(value);
      rank += "2";
    } else if (value === part) rank += "1";
    else return undefined;
  }
  if (given.length !== expected.length) return undefined;
  return { route, pathParameters, rank: `${rank}${routeMethod === "ANY" ? 1 : 0}` };
}

function partsOf(path: string): string[] {
  return path === "/" ? [] : path.slice(1).split("/");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
