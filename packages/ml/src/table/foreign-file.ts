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
const western = new TextDecoder("windows-1252");

/**
 * What a file is by its first bytes, where it is a well-known one that is no table.
 * @returns its usual name, the same in every language
 */
export function foreignFile(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, signatureBytes)).toString("latin1");
  return signatures.find(([, start]) => head.startsWith(start))?.[0];
}

/**
 * Text that is not UTF-8, for a message: read in the encoding that it most likely is in where it makes a text there, else
 * its first bytes in hex.
 */
export function showForeignText(bytes: Uint8Array): string {
  if (isUtf16(bytes)) return "UTF-16";
  if (isMostlyCommonChinese(bytes)) {
    try {
      const text = chinese.decode(bytes).trim();
      if (!/[\p{Cc}\p{Co}]/u.test(text)) return `GBK: ${text}`;
    } catch {
      // Bytes of some other kind.
    }
  }
  const text = western.decode(bytes).trim();
  if (isWestern(text)) return `Windows-1252: ${text}`;
  return Array.from(bytes.subarray(0, signatureBytes), (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(
    " ",
  );
}

/** Whether every other byte of the first ones is 0, as of Latin letters in UTF-16. */
function isUtf16(bytes: Uint8Array): boolean {
  const pairs = Math.min(bytes.length, signatureBytes) >> 1;
  const zeros = [0, 0];
  for (let at = 0; at < 2 * pairs; at++) if (bytes[at] === 0) zeros[at % 2]++;
  return pairs > 1 && Math.max(...zeros) === pairs && Math.min(...zeros) === 0;
}

/**
 * Whether at least half of the pairs that begin beyond ASCII are of the 3,755 signs that GB 2312 has in its first level.
 * Accented letters of Western encodings are hardly ever such pairs.
 */
function isMostlyCommonChinese(bytes: Uint8Array): boolean {
  let pairs = 0;
  let common = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] < 0x80) continue;
    pairs++;
    if (bytes[at] >= 0xb0 && bytes[at] <= 0xd7 && bytes[at + 1] >= 0xa1) common++;
    at++;
  }
  return pairs > 0 && 2 * common >= pairs;
}

/** Whether a text is of ASCII and a few of the signs that Western languages have beside it. */
function isWestern(text: string): boolean {
  if (!/^[\t\r\n -~°²³µ§€‘’“”–—ÀÂÄ-ÏÑ-ÖØ-Üß-ïñ-öø-üŒœŠšŽž]*$/.test(text)) return false;
  return 3 * text.replace(/[ -~]/g, "").length <= text.length;
}
