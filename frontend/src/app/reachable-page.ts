import type { Client } from "@systemhealer/contract/client";
import type { QueryClient } from "@tanstack/react-query";
import { isGone } from "../lib/is-gone.ts";
import { queries } from "../lib/queries.ts";

/** Pages of one record, by the beginning of their address, and the list that it would stand in. */
const recordPages = [
  { begin: "/data/chain/", kind: "dataset", list: "/data" },
  { begin: "/data/", kind: "dataset", list: "/data" },
  { begin: "/runs/", kind: "run", list: "/runs" },
  { begin: "/diagnoses/", kind: "run", list: "/runs" },
  { begin: "/clusters/", kind: "run", list: "/runs" },
  { begin: "/models/", kind: "model", list: "/models" },
] as const;
const otherPages: ReadonlySet<string> = new Set(["/data/upload", "/data/chain", "/models/compare"]);

/** @returns the list in the place of a record that is no more; the page itself also where that cannot be known */
export async function reachablePage(page: string, client: Client, cache: QueryClient): Promise<string> {
  const [path = ""] = page.split(/[?#]/);
  const found = otherPages.has(path) ? undefined : recordPages.find(({ begin }) => path.startsWith(begin));
  const id = found && path.slice(found.begin.length);
  if (!found || !id) return page;
  const known = queries(client);
  const read = {
    dataset: () => cache.fetchQuery({ ...known.dataset(id), networkMode: "always" }),
    run: () => cache.fetchQuery({ ...known.run(id), networkMode: "always" }),
    model: () => cache.fetchQuery({ ...known.model(id), networkMode: "always" }),
  }[found.kind];
  try {
    await read();
    return page;
  } catch (error) {
    return isGone(error) ? found.list : page;
  }
}
