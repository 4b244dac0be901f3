/** A reflected CRC whose start value and final XOR are all ones. */
export interface CrcShape {
  /** 32 or 64 */
  readonly width: number;
  /** The polynomial with its bits reversed, without the leading one. */
  readonly polynomial: bigint;
}

export const crcShapes = {
  CRC32: { width: 32, polynomial: 0xedb88320n },
  CRC32C: { width: 32, polynomial: 0x82f63b78n },
  CRC64NVME: { width: 64, polynomial: 0x9a6c9329ac4bc9b5n },
} as const satisfies Record<string, CrcShape>;

/**
 * The CRC of two byte strings put together, from the CRC of each and the length of the second: the first is multiplied
 * by x^(8·length) modulo the polynomial.
 */
export function combineCrc(first: bigint, second: bigint, secondBytes: number, shape: CrcShape): bigint {
  return multiply(first, power(BigInt(secondBytes) * 8n, shape), shape) ^ second;
}

/** x^exponent modulo the polynomial; the highest bit stands for x^0. */
function power(exponent: bigint, shape: CrcShape): bigint {
  let result = 1n << BigInt(shape.width - 1);
  let square = result >> 1n;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = multiply(result, square, shape);
    square = multiply(square, square, shape);
  }
  return result;
}

function multiply(a: bigint, b: bigint, shape: CrcShape): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = shape.width - 1; bit >= 0; bit--) {
    if ((a >> BigInt(bit)) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ shape.polynomial : shifted >> 1n;
  }
  return product;
}
