import { readStored, writeStored } from "../lib/storage.ts";

/** Where the last visit ended; a page of the portal, never another address. */
export function lastPage(): string | undefined {
  const path = readStored<unknown>("lastPage");
  return typeof path === "string" && /^\/(?!\/)/.test(path) ? path : undefined;
}

export function rememberPage(path: string): void {
  writeStored("lastPage", path);
}
