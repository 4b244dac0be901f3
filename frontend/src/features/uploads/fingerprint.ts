const edgeBytes = 64 * 1024;

/** Tells whether a file is the one that was being sent: SHA-256 over its size, its beginning and its end, in hex. */
export async function fingerprintOf(file: Blob): Promise<string> {
  const parts = new Blob([
    `${file.size}\n`,
    file.slice(0, edgeBytes),
    file.slice(Math.max(edgeBytes, file.size - edgeBytes)),
  ]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await parts.arrayBuffer()));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
