const scratch = new Uint32Array(16);

/**
 * 64-bit hash of an even number of 32-bit words, in the manner of MurmurHash3 (Appleby 2011).
 * @param out receives the two halves
 */
export function hashWords(words: Uint32Array, seed: number, out: Uint32Array): void {
  let h1 = seed;
  let h2 = words.length;
  for (let i = 0; i < words.length; i += 2) {
    h1 ^= Math.imul(rotate(Math.imul(words[i], 0x239b961b), 15), 0xab0e9789);
    h1 = (Math.imul((rotate(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
    h2 ^= Math.imul(rotate(Math.imul(words[i + 1], 0xab0e9789), 16), 0x38b34ae5);
    h2 = (Math.imul((rotate(h2, 17) + h1) | 0, 5) + 0x0bcaa747) | 0;
  }
  h1 = (finish(h1) + finish(h2)) | 0;
  h2 = (finish(h2 ^ Math.imul(h1, 0x9e3779b1)) + h1) | 0;
  out[0] = h1;
  out[1] = h2;
}

/**
 * 64-bit hash of bytes.
 * @param out receives the two halves
 */
export function hashBytes(bytes: Uint8Array, out: Uint32Array): void {
  const pairs = Math.ceil(bytes.length / 8);
  const words = 2 * pairs <= scratch.length ? scratch.subarray(0, 2 * pairs) : new Uint32Array(2 * pairs);
  words.fill(0);
  new Uint8Array(words.buffer, words.byteOffset, bytes.length).set(bytes);
  hashWords(words, bytes.length, out);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function finish(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
