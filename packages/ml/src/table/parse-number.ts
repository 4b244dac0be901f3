import { maxPower, powerHigh, powerLow } from "./powers-of-ten.ts";

const plus = 43;
const minus = 45;
const point = 46;
const lowerE = 101;
const upperE = 69;

/** Digits that an int32 holds whatever they are. */
const pieceDigits = 9;
const maxExactInteger = 2 ** 53;
/** Splits a double into two halves of 26 bits (Veltkamp). */
const splitter = 2 ** 27 + 1;
/** Far above the error of a handful of double operations, far below a float32's half step. */
const aboveFloat32 = 1 + 2 ** -48;
const belowFloat32 = 1 - 2 ** -48;
/** Far above the error of the double-double operations below. */
const doubleDoubleError = 2 ** -96;

/**
 * Reads the decimal number that begins at `position`: `[+-] digits [. digits] [e [+-] digits]`, digits before or after
 * the point.
 *
 * The digits go into integers of up to nine digits each, which are joined and scaled by a power of ten in double-double
 * arithmetic (Dekker 1971). Where the result is too near a rounding boundary to be sure, and for unusual texts (more
 * than 18 digits before the point or 27 after it, exponents beyond ±290), `Number` decides, so that the result always
 * equals `Number(text)`.
 *
 * @param bytes the byte after the last one that belongs to the data must exist and be none of `0-9 . e E + -`
 * @param out receives the number at `index`
 * @param exact false: only `Math.fround` of the result is that of `Number(text)`, which is quicker
 * @returns the position after the number, or −1 where none begins
 */
export function parseNumberAt(
  bytes: Uint8Array,
  position: number,
  out: Float64Array,
  index: number,
  exact: boolean,
): number {
  let p = position;
  const negative = bytes[p] === minus;
  if (negative || bytes[p] === plus) p++;

  const integerStart = p;
  let digit = 0;
  let whole1 = 0;
  let stop = p + pieceDigits;
  digit = bytes[p] ^ 48;
  while (p < stop && digit <= 9) {
    whole1 = (whole1 * 10 + digit) | 0;
    digit = bytes[++p] ^ 48;
  }
  let whole2 = 0;
  let whole2Digits = 0;
  if (p === stop) {
    stop += pieceDigits;
    digit = bytes[p] ^ 48;
    while (p < stop && digit <= 9) {
      whole2 = (whole2 * 10 + digit) | 0;
      digit = bytes[++p] ^ 48;
    }
    whole2Digits = p - integerStart - pieceDigits;
    if (p === stop && digit <= 9) return parseUnusualAt(bytes, position, out, index);
  }
  let digitCount = p - integerStart;

  let part1 = 0;
  let part1Digits = 0;
  let part2 = 0;
  let part2Digits = 0;
  let part3 = 0;
  let part3Digits = 0;
  if (bytes[p] === point) {
    p++;
    const fractionStart = p;
    stop = p + pieceDigits;
    digit = bytes[p] ^ 48;
    while (p < stop && digit <= 9) {
      part1 = (part1 * 10 + digit) | 0;
      digit = bytes[++p] ^ 48;
    }
    part1Digits = p - fractionStart;
    if (p === stop) {
      stop += pieceDigits;
      digit = bytes[p] ^ 48;
      while (p < stop && digit <= 9) {
        part2 = (part2 * 10 + digit) | 0;
        digit = bytes[++p] ^ 48;
      }
      part2Digits = p - fractionStart - pieceDigits;
      if (p === stop) {
        stop += pieceDigits;
        digit = bytes[p] ^ 48;
        while (p < stop && digit <= 9) {
          part3 = (part3 * 10 + digit) | 0;
          digit = bytes[++p] ^ 48;
        }
        part3Digits = p - fractionStart - 2 * pieceDigits;
        if (p === stop && digit <= 9) return parseUnusualAt(bytes, position, out, index);
      }
    }
    digitCount += p - fractionStart;
  }
  if (digitCount === 0) return -1;

  let power = -(part1Digits + part2Digits + part3Digits);
  const letter = bytes[p];
  if (letter === lowerE || letter === upperE) {
    p++;
    const sign = bytes[p];
    if (sign === minus || sign === plus) p++;
    const exponentStart = p;
    let exponent = 0;
    stop = p + 4;
    digit = bytes[p] ^ 48;
    while (p < stop && digit <= 9) {
      exponent = exponent * 10 + digit;
      digit = bytes[++p] ^ 48;
    }
    if (p === exponentStart) return -1;
    if (p === stop) return parseUnusualAt(bytes, position, out, index);
    power += sign === minus ? -exponent : exponent;
  }

  // All digits as one integer; a double holds it exactly up to 2^53.
  let value = whole1;
  if (whole2Digits > 0) value = value * powerHigh[maxPower + whole2Digits] + whole2;
  if (part1Digits > 0) value = value * powerHigh[maxPower + part1Digits] + part1;
  if (part2Digits > 0) value = value * powerHigh[maxPower + part2Digits] + part2;
  if (part3Digits > 0) value = value * powerHigh[maxPower + part3Digits] + part3;
  if (value <= maxExactInteger && power >= -22 && power <= 22) {
    // Both factors are exact, so that the one rounding is the right one (Clinger 1990).
    const result = power < 0 ? value / powerHigh[maxPower - power] : value * powerHigh[maxPower + power];
    out[index] = negative ? -result : result;
    return p;
  }
  if (power < -maxPower || power > maxPower) return parseUnusualAt(bytes, position, out, index);
  if (!exact) {
    const result = value * powerHigh[maxPower + power];
    if (Math.fround(result * belowFloat32) === Math.fround(result * aboveFloat32)) {
      out[index] = negative ? -result : result;
      return p;
    }
  }

  let high = whole1;
  let low = 0;
  for (let piece = 0; piece < 4; piece++) {
    const digits = piece === 0 ? whole2Digits : piece === 1 ? part1Digits : piece === 2 ? part2Digits : part3Digits;
    if (digits === 0) continue;
    const added = piece === 0 ? whole2 : piece === 1 ? part1 : piece === 2 ? part2 : part3;
    const factor = powerHigh[maxPower + digits];
    const sum = high * factor + added;
    if (sum <= maxExactInteger) {
      high = sum;
      continue;
    }
    // A power of ten up to 10^9 has at most 21 bits beside its trailing zeros: only `high` needs splitting.
    const product = high * factor;
    const shifted = high * splitter;
    const upper = shifted - (shifted - high);
    const productError = upper * factor - product + (high - upper) * factor;
    const total = product + added;
    const back = total - product;
    const totalError = product - (total - back) + (added - back);
    low = low * factor + productError + totalError;
    high = total;
  }

  const powerH = powerHigh[maxPower + power];
  const product = high * powerH;
  // The error term of a product this small could leave the range of doubles.
  if (!(product > 1e-270 && product < 1e290)) return parseUnusualAt(bytes, position, out, index);
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
  out[index] = negative ? -result : result;
  return p;
}

/** The same by way of a string. */
function parseUnusualAt(bytes: Uint8Array, position: number, out: Float64Array, index: number): number {
  let p = position;
  if (bytes[p] === minus || bytes[p] === plus) p++;
  while ((bytes[p] ^ 48) <= 9) p++;
  if (bytes[p] === point) p++;
  while ((bytes[p] ^ 48) <= 9) p++;
  if (bytes[p] === lowerE || bytes[p] === upperE) {
    p++;
    if (bytes[p] === minus || bytes[p] === plus) p++;
    const exponentStart = p;
    while ((bytes[p] ^ 48) <= 9) p++;
    if (p === exponentStart) return -1;
  }
  out[index] = Number(Buffer.from(bytes.buffer, bytes.byteOffset + position, p - position).toString("latin1"));
  return p;
}

/**
 * A text that is a decimal number and nothing else; equal to `Number(text)`.
 * @returns undefined where it is none
 */
export function parseNumber(text: string): number | undefined {
  const bytes = Buffer.alloc(text.length + 1);
  bytes.write(text, "latin1");
  const out = new Float64Array(1);
  return parseNumberAt(bytes, 0, out, 0, true) === text.length ? out[0] : undefined;
}
