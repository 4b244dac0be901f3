/** A stream of pseudo-random numbers; passed in wherever chance is used. */
export interface Random {
  /** The next 32 bits, 0 to 2³² − 1. */
  uint32(): number;
  /** 0 (inclusive) to 1 (exclusive), with 32 bits. */
  uniform(): number;
  /** A whole number from 0 to `bound` − 1, each equally likely; `bound` from 1 to 2³². */
  below(bound: number): number;
}

/**
 * xoshiro128** 1.1 (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", 2018); the state is
 * filled from the seed by SplitMix32, so that near seeds give unrelated streams.
 * @param seed whole number; its lowest 32 bits count
 */
export function createRandom(seed: number): Random {
  return fromState(splitMix32(seed));
}

/** @param state four 32-bit numbers, not all 0 */
export function fromState(state: ArrayLike<number>): Random {
  const s = Uint32Array.from(state);
  if (s.length !== 4 || s.every((word) => word === 0)) throw new RangeError("the state is four words, not all 0");

  function uint32(): number {
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 11);
    return result;
  }

  function below(bound: number): number {
    if (!(Number.isInteger(bound) && bound >= 1 && bound <= 2 ** 32)) throw new RangeError("bound is 1 to 2^32");
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let value = uint32();
    while (value >= limit) value = uint32();
    return value % bound;
  }

  return { uint32, uniform: () => uint32() / 2 ** 32, below };
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function splitMix32(seed: number): Uint32Array {
  let state = seed | 0;
  return Uint32Array.from({ length: 4 }, () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  });
}
