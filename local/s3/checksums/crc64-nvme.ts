const polynomial = 0x9a6c9329ac4bc9b5n;
/** high[k * 256 + b] and low[…]: the two halves of what byte b does to the checksum when k more bytes follow it. */
const { high, low } = makeTables();

export interface Crc64 {
  readonly high: number;
  readonly low: number;
}

/** CRC-64/NVME, eight bytes a step, in two 32-bit halves. `previous` is the checksum of the bytes before. */
export function crc64Nvme(bytes: Uint8Array, previous: Crc64 = { high: 0, low: 0 }): Crc64 {
  let h = ~previous.high;
  let l = ~previous.low;
  let i = 0;
  for (const end = bytes.length - 7; i < end; i += 8) {
    l ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    h ^= bytes[i + 4]! | (bytes[i + 5]! << 8) | (bytes[i + 6]! << 16) | (bytes[i + 7]! << 24);
    const a = 1792 + (l & 255);
    const b = 1536 + ((l >>> 8) & 255);
    const c = 1280 + ((l >>> 16) & 255);
    const d = 1024 + (l >>> 24);
    const e = 768 + (h & 255);
    const f = 512 + ((h >>> 8) & 255);
    const g = 256 + ((h >>> 16) & 255);
    const k = h >>> 24;
    h = high[a]! ^ high[b]! ^ high[c]! ^ high[d]! ^ high[e]! ^ high[f]! ^ high[g]! ^ high[k]!;
    l = low[a]! ^ low[b]! ^ low[c]! ^ low[d]! ^ low[e]! ^ low[f]! ^ low[g]! ^ low[k]!;
  }
  for (; i < bytes.length; i++) {
    const index = (l ^ bytes[i]!) & 255;
    l = low[index]! ^ ((l >>> 8) | (h << 24));
    h = high[index]! ^ (h >>> 8);
  }
  return { high: ~h >>> 0, low: ~l >>> 0 };
}

function makeTables(): { high: Int32Array; low: Int32Array } {
  const values = new BigUint64Array(2048);
  for (let byte = 0; byte < 256; byte++) {
    let value = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) value = (value >> 1n) ^ (value & 1n ? polynomial : 0n);
    values[byte] = value;
  }
  for (let i = 256; i < 2048; i++) {
    const former = values[i - 256]!;
    values[i] = (former >> 8n) ^ values[Number(former & 255n)]!;
  }
  return {
    high: Int32Array.from(values, (value) => Number(value >> 32n)),
    low: Int32Array.from(values, (value) => Number(value & 0xffffffffn)),
  };
}
