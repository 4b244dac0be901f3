import type { Installation } from "@systemhealer/contract/installation";

/** Where the system is; public, read from `/config.json` once. The API's address has no slash at its end. */
export type PortalConfig = Installation;

export async function loadPortalConfig(): Promise<PortalConfig> {
  const response = await fetch("/config.json", { cache: "no-store" });
  if (!response.ok) throw new Error(`/config.json: HTTP ${response.status}`);
  const config = (await response.json()) as Installation;
  return { ...config, apiUrl: new URL(config.apiUrl, location.origin).href.replace(/\/$/, "") };
}

export function isOnThisMachine(address: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(address).hostname);
}
