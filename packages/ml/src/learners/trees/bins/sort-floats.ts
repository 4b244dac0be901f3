const bitsPerPass = 11;
const passes = 3;
const buckets = 2 ** bitsPerPass;
/** Below this the passes over the buckets cost more than they save. */
const smallest = 1_000;

/**
 * Sorts float32 values in place, rising (radix sort on their bits).
 * @param values without NaN
 * @param spare as long as `values`, overwritten
 */
export function sortFloats(values: Float32Array, spare: Uint32Array): void {
  const count = values.length;
  if (count < smallest) {
    values.sort();
    return;
  }
  const bits = new Uint32Array(values.buffer, values.byteOffset, count);
  const counts = new Uint32Array(passes * buckets);
  for (let index = 0; index < count; index++) {
    const key = risingKey(bits[index]);
    bits[index] = key;
    for (let pass = 0; pass < passes; pass++) {
      counts[pass * buckets + ((key >>> (pass * bitsPerPass)) & (buckets - 1))]++;
    }
  }
  let from = bits;
  let to = spare;
  for (let pass = 0; pass < passes; pass++) {
    const shift = pass * bitsPerPass;
    const starts = counts.subarray(pass * buckets, (pass + 1) * buckets);
    for (let bucket = 0, start = 0; bucket < buckets; bucket++) {
      const size = starts[bucket];
      starts[bucket] = start;
      start += size;
    }
    for (let index = 0; index < count; index++) {
      const key = from[index];
      to[starts[(key >>> shift) & (buckets - 1)]++] = key;
    }
    [from, to] = [to, from];
  }
  for (let index = 0; index < count; index++) bits[index] = floatBits(from[index]);
}

/** Bits of a float32 as a number that rises with it. */
function risingKey(bits: number): number {
  return bits >>> 31 ? ~bits : bits | 0x80000000;
}

function floatBits(key: number): number {
  return key >>> 31 ? key & 0x7fffffff : ~key;
}
