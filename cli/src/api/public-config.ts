import { z } from "zod";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { networkReason } from "../files/reason.ts";

/** What an installation tells everybody at `/config.json`. */
export const PublicConfig = z.object({
  apiUrl: z.string(),
  region: z.string(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
  cognitoEndpoint: z.string().optional(),
});
export type PublicConfig = z.infer<typeof PublicConfig>;

/** @throws CliError where the address does not answer, or not as SystemHealer does */
export async function fetchPublicConfig(address: string, signal: AbortSignal): Promise<PublicConfig> {
  const base = checkAddress(address);
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`${base}/config.json`, { signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]) });
    body = response.ok ? await response.json() : undefined;
  } catch (cause) {
    signal.throwIfAborted();
    throw new CliError(exitCode.unreachable, "unreachable", { address: base, reason: networkReason(cause) }, { cause });
  }
  const parsed = PublicConfig.safeParse(body);
  if (!parsed.success) throw new CliError(exitCode.unreachable, "no-installation", { address: base });
  return { ...parsed.data, apiUrl: new URL(parsed.data.apiUrl, `${base}/`).href.replace(/\/+$/, "") };
}

/** Tokens travel only encrypted, or not beyond this machine. */
function checkAddress(address: string): string {
  const here = /^(localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/.test(address);
  let url: URL;
  try {
    url = new URL(address.includes("://") ? address : `${here ? "http" : "https"}://${address}`);
  } catch (cause) {
    throw new CliError(exitCode.usage, "address-invalid", { address }, { cause });
  }
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) {
    throw new CliError(exitCode.usage, "address-not-encrypted", { address });
  }
  return url.href.replace(/\/+$/, "");
}
