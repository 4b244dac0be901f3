/** Largest power of ten (and its inverse) in the tables. */
export const maxPower = 290;

/** `powerHigh[maxPower + q]` is 10^q, correctly rounded. */
export const powerHigh = new Float64Array(2 * maxPower + 1);

/** What rounding 10^q to `powerHigh` left over: together they hold 10^q to about 106 bits. */
export const powerLow = new Float64Array(2 * maxPower + 1);

fill();

function fill(): void {
  for (let q = 0; q <= maxPower; q++) {
    const power = 10n ** BigInt(q);
    const high = Number(power);
    powerHigh[maxPower + q] = high;
    powerLow[maxPower + q] = Number(power - BigInt(high));
    if (q === 0) continue;
    // 10^-q − high = (2^bits − high · 2^bits · 10^q) / (2^bits · 10^q), all of it in integers; 64 bits more for the quotient.
    const inverse = Number(`1e-${q}`);
    const bits = Math.ceil(q * Math.log2(10)) + 60;
    const remainder = (1n << BigInt(bits)) - integerTimesPowerOfTwo(inverse, bits) * power;
    powerHigh[maxPower - q] = inverse;
    powerLow[maxPower - q] = Number((remainder << 64n) / power) * 2 ** -64 * 2 ** -bits;
  }
}

/** `value · 2^bits`, which must be an integer. */
function integerTimesPowerOfTwo(value: number, bits: number): bigint {
  const half = Math.floor(bits / 2);
  return BigInt(value * 2 ** half * 2 ** (bits - half));
}
