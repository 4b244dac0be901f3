import { RunKind, runStatuses } from "@systemhealer/contract/run";
import type { RunFilter } from "../../lib/queries.ts";
import type { FilterPart } from "../../lib/use-address-filter.ts";

/** Which runs an address asks for: `?kind=`, `?status=`, `?tag=`, `?search=`. What it does not know is left out. */
export function runFilterOf(address: URLSearchParams): RunFilter {
  const kind = RunKind.options.find((known) => known === address.get("kind"));
  const status = runStatuses.find((known) => known === address.get("status"));
  const [tag, search] = [address.get("tag"), address.get("search")?.trim()];
  return { ...(kind && { kind }), ...(status && { status }), ...(tag && { tag }), ...(search && { search }) };
}

/** The other way round. */
export const addressOf = (filter: FilterPart<RunFilter>): URLSearchParams =>
  new URLSearchParams(Object.entries(filter).filter(([, value]) => value) as [string, string][]);
