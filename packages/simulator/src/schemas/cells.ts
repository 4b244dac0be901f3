import type { Random } from "../random.ts";

const powers = Float64Array.from({ length: 45 }, (_, i) => Number(`1e${i - 22}`));

/** A number in seven significant digits, as monitoring exports write it; NaN is an empty cell. */
export function numberCell(value: number): string {
  if (Number.isNaN(value)) return "";
  if (value === 0) return "0";
  const shift = 6 - Math.floor(Math.log10(Math.abs(value)));
  if (shift < -22 || shift > 22) return value.toPrecision(7);
  if (shift >= 0) {
    const power = powers[shift + 22]!;
    return String(Math.round(value * power) / power);
  }
  const power = powers[22 - shift]!;
  return String(Math.round(value / power) * power);
}

/** Decides which cells are gaps, so that a given share of all cells is missing. */
export class Gaps {
  private readonly random: Random;
  private readonly chance: number;

  /** @param share of all cells @param eligible share of the cells that can be missing at all */
  constructor(random: Random, share: number, eligible: number) {
    this.random = random;
    this.chance = share / eligible;
    if (!(share >= 0) || this.chance > 0.95) {
      throw new RangeError(`missingShare must be a number from 0 to ${(0.95 * eligible).toFixed(2)}, not ${share}`);
    }
  }

  next(): boolean {
    return this.chance > 0 && this.random.uniform() < this.chance;
  }
}
