import { readStored, writeStored } from "../lib/storage.ts";

/** Where the last visit ended; a page of the portal, never another address. */
export function lastPage(): string | undefined {
  const path = readStored<unknown>("lastPage");
  return typeof path === "string" && /^\/(?!\/)/.test(path) ? path : undefined;
}

/** Whoever signs in next may be somebody else. */
export function forgetPage(): void {
  writeStored("lastPage", undefined);
}

export function rememberPage(path: string): void {
  writeStored("lastPage", path);
}
