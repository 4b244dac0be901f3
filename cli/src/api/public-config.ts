import { apiUrlOf, Installation } from "@systemhealer/contract/installation";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { networkReason } from "../files/reason.ts";

/** Where an installation tells how to sign in: beside its pages, and below its API. */
const documents = ["config.json", "v1/config"] as const;
const longestMilliseconds = 15_000;

/**
 * Asks an address of pages or of an API how to sign in.
 * @throws CliError where the address does not answer, or not as SystemHealer does
 */
export async function fetchPublicConfig(address: string, signal: AbortSignal): Promise<Installation> {
  const base = checkAddress(address);
  for (const document of documents) {
    const url = `${base}/${document}`;
    const installation = Installation.safeParse(await fetchJson(url, base, signal));
    if (installation.success) return { ...installation.data, apiUrl: apiUrlOf(installation.data, `${base}/`) };
  }
  throw new CliError(exitCode.unreachable, "no-installation", { address: base });
}

/** @returns undefined where the answer is no JSON */
async function fetchJson(url: string, base: string, signal: AbortSignal): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)]) });
    text = await response.text();
  } catch (cause) {
    signal.throwIfAborted();
    throw new CliError(exitCode.unreachable, "unreachable", { address: base, reason: networkReason(cause) }, { cause });
  }
  try {
    return response.ok ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
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
