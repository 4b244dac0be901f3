import { maxPower, powerHigh, powerLow } from "./powers-of-ten.ts";

const plus = 43;
const minus = 45;
const point = 46;
const lowerE = 101;
const upperE = 69;

/** Bytes that must exist after the last one of the data. */
export const bytesAfterData = 8;

/** `readDigits` returns their count from this bit on, and their value below it. */
const countBit = 27;
const valueMask = 2 ** countBit - 1;
/** So many digits are read at once. */
const digitsAtOnce = 8;
/** The double-double arithmetic below holds so many digits. */
const maxDigits = 28;
const maxExactInteger = 2 ** 53;
/** Splits a double into two halves of 26 bits (Veltkamp). */
const splitter = 2 ** 27 + 1;
/** Far above the error of a handful of double operations, far below a float32's half step. */
const aboveFloat32 = 1 + 2 ** -48;
const belowFloat32 = 1 - 2 ** -48;
/** Products from here on may be rounded to infinity. */
const largestUsual = 1e290;
/** Far above the error of the double-double operations below. */
const doubleDoubleError = 2 ** -96;

/**
 * Reads the decimal number that begins at `position`: `[+-] digits [. digits] [e [+-] digits]`, digits before or after
 * the point. The result always equals `Number(text)`; a number beyond the range of doubles is none.
 *
 * The digits are joined to an integer, and that is scaled by a power of ten, in double-double arithmetic (Dekker 1971).
 * Where the result is too near a rounding boundary to be sure, and for unusual texts (more than 28 digits, exponents
 * beyond ±290), `Number` decides.
 *
 * @param bytes the data, followed by at least `bytesAfterData` bytes, of which the first is none of `0-9 . e E + -`
 * @param out receives the number at `index`
 * @param exact false: only `Math.fround` of the result is that of `Number(text)`, which is quicker
 * @returns the position after the number, or −1 where none begins
 */
export function parseNumberAt(
  bytes: DataView,
  position: number,
  out: Float64Array,
  index: number,
  exact: boolean,
): number {
  let p = position;
  const sign = bytes.getInt8(p);
  if (sign === minus || sign === plus) p++;

  // high + low is the integer that the digits so far make.
  let high = 0;
  let low = 0;
  let digits = 0;
  let power = 0;
  let inFraction = false;
  for (;;) {
    const read = readDigits(bytes, p);
    const count = read >> countBit;
    if (count > 0) {
      p += count;
      digits += count;
      if (inFraction) power -= count;
      const piece = read & valueMask;
      const factor = powerHigh[maxPower + count];
      const joined = high * factor + piece;
      if (joined <= maxExactInteger || !exact) high = joined;
      else {
        // 10^8 has 19 bits beside its trailing zeros: only `high` needs splitting.
        const product = high * factor;
        const shifted = high * splitter;
        const upper = shifted - (shifted - high);
        const productError = upper * factor - product + (high - upper) * factor;
        const total = product + piece;
        const back = total - product;
        low = low * factor + productError + (product - (total - back)) + (piece - back);
        high = total;
      }
      if (count === digitsAtOnce) continue;
    }
    if (inFraction || bytes.getInt8(p) !== point) break;
    inFraction = true;
    p++;
  }
  if (digits === 0) return -1;

  const letter = bytes.getInt8(p);
  if (letter === lowerE || letter === upperE) {
    p++;
    const exponentSign = bytes.getInt8(p);
    if (exponentSign === minus || exponentSign === plus) p++;
    const read = readDigits(bytes, p);
    const count = read >> countBit;
    if (count === 0) return -1;
    if (count === digitsAtOnce) return parseUnusualAt(bytes, position, out, index);
    p += count;
    const exponent = read & valueMask;
    power += exponentSign === minus ? -exponent : exponent;
  }

  const unit = sign === minus ? -1 : 1;
  if (high <= maxExactInteger && power >= -22 && power <= 22) {
    // Both factors are exact, so that the one rounding is the right one (Clinger 1990).
    out[index] = unit * (power < 0 ? high / powerHigh[maxPower - power] : high * powerHigh[maxPower + power]);
    return p;
  }
  if (digits > maxDigits || power < -maxPower || power > maxPower) return parseUnusualAt(bytes, position, out, index);
  if (!exact) {
    const result = high * powerHigh[maxPower + power];
    if (!(result < largestUsual)) return parseUnusualAt(bytes, position, out, index);
    if (Math.fround(result * belowFloat32) !== Math.fround(result * aboveFloat32))
      return parseNumberAt(bytes, position, out, index, true);
    out[index] = unit * result;
    return p;
  }

  const powerH = powerHigh[maxPower + power];
  const product = high * powerH;
  // Elsewhere the error term could leave the range of doubles.
  if (!(product > 1e-270 && product < largestUsual)) return parseUnusualAt(bytes, position, out, index);
  const shiftedA = high * splitter;
  const upperA = shiftedA - (shiftedA - high);
  const lowerA = high - upperA;
  const shiftedB = powerH * splitter;
  const upperB = shiftedB - (shiftedB - powerH);
  const lowerB = powerH - upperB;
  const productError = upperA * upperB - product + upperA * lowerB + lowerA * upperB + lowerA * lowerB;
  const rest = productError + (high * powerLow[maxPower + power] + low * powerH);
  const margin = product * doubleDoubleError;
  const result = product + (rest - margin);
  if (result !== product + (rest + margin)) return parseUnusualAt(bytes, position, out, index);
  out[index] = unit * result;
  return p;
}

/**
 * Up to eight digits from `position`, four at a time in one 32-bit word.
 * @returns their count above `countBit`, their value below it
 */
function readDigits(bytes: DataView, position: number): number {
  let word = bytes.getInt32(position, true);
  let value = 0;
  let count = 0;
  if (areDigits(word)) {
    value = fourDigits(word);
    word = bytes.getInt32(position + 4, true);
    if (areDigits(word)) return (digitsAtOnce << countBit) | (value * 10_000 + fourDigits(word));
    count = 4;
  }
  let digit = (word & 255) ^ 48;
  while (digit <= 9) {
    value = value * 10 + digit;
    count++;
    word >>= 8;
    digit = (word & 255) ^ 48;
  }
  return (count << countBit) | value;
}

/** Whether all four bytes are digits: their upper halves are 3, and still are with 6 added. */
function areDigits(word: number): boolean {
  return (word & 0xf0f0f0f0) === 0x30303030 && ((word + 0x06060606) & 0xf0f0f0f0) === 0x30303030;
}

/** Value of four digits, the first in the lowest byte. */
function fourDigits(word: number): number {
  const digits = word & 0x0f0f0f0f;
  const pairs = Math.imul(digits, 10) + (digits >> 8);
  return (pairs & 255) * 100 + ((pairs >> 16) & 255);
}

/** The same by way of a string. @returns as `parseNumberAt` */
function parseUnusualAt(bytes: DataView, position: number, out: Float64Array, index: number): number {
  const isDigit = (p: number) => (bytes.getUint8(p) ^ 48) <= 9;
  const isSign = (p: number) => bytes.getUint8(p) === minus || bytes.getUint8(p) === plus;
  let p = position;
  if (isSign(p)) p++;
  while (isDigit(p)) p++;
  if (bytes.getUint8(p) === point) p++;
  while (isDigit(p)) p++;
  if (bytes.getUint8(p) === lowerE || bytes.getUint8(p) === upperE) {
    p++;
    if (isSign(p)) p++;
    while (isDigit(p)) p++;
  }
  const value = Number(Buffer.from(bytes.buffer, bytes.byteOffset + position, p - position).toString("latin1"));
  out[index] = value;
  return Number.isFinite(value) ? p : -1;
}

/**
 * A text that is a decimal number and nothing else; equal to `Number(text)`.
 * @returns undefined where it is none
 */
export function parseNumber(text: string): number | undefined {
  const bytes = Buffer.alloc(text.length + bytesAfterData);
  bytes.write(text, "latin1");
  const out = new Float64Array(1);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return parseNumberAt(view, 0, out, 0, true) === text.length ? out[0] : undefined;
}
