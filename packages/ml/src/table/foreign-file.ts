/** First bytes of files that people take for tables. */
const signatures: readonly (readonly [name: string, start: string])[] = [
  ["Excel .xlsx / ZIP", "PK\x03\x04"],
  ["Excel .xls", "\xd0\xcf\x11\xe0"],
  ["PNG", "\x89PNG"],
  ["JPEG", "\xff\xd8\xff"],
  ["PDF", "%PDF-"],
  ["Parquet", "PAR1\x15"],
  ["SQLite", "SQLite format 3\x00"],
  ["7z", "7z\xbc\xaf"],
  ["xz", "\xfd7zXZ\x00"],
  ["bzip2", "BZh91AY&SY"],
  ["zstd", "\x28\xb5\x2f\xfd"],
];
/** So many bytes tell what a file is. */
export const signatureBytes = 16;

const chinese = new TextDecoder("gb18030", { fatal: true });

/**
 * What a file is by its first bytes, where it is a well-known one that is no table.
 * @returns its usual name, the same in every language
 */
export function foreignFile(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, signatureBytes)).toString("latin1");
  return signatures.find(([, start]) => head.startsWith(start))?.[0];
}

/**
 * Text that is not UTF-8, for a message: read as GBK where it is Chinese in that encoding, else its first bytes in hex.
 */
export function showForeignText(bytes: Uint8Array): string {
  try {
    const text = chinese.decode(bytes);
    if (/\p{Script=Han}/u.test(text) && !/[\p{Cc}\p{Co}]/u.test(text.trim())) return `GBK: ${text.trim()}`;
  } catch {
    // Bytes of some other kind.
  }
  return Array.from(bytes.subarray(0, signatureBytes), (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(
    " ",
  );
}
