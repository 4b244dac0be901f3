import { type FaultName, faultNames, normalName } from "./faults.ts";
import type { Random } from "./random.ts";

export type ClassName = FaultName | typeof normalName;
export type ClassShares = Readonly<Partial<Record<ClassName, number>>>;

/**
 * Shares that sum to 1. Classes that are not named get none; with no argument, `defaults`.
 * @throws RangeError where a name is no class of the schema, a share is negative or all are 0
 */
export function normalizeShares(
  shares: ClassShares | undefined,
  defaults: ClassShares,
): { name: ClassName; share: number }[] {
  const given = Object.entries(shares ?? defaults) as [ClassName, number][];
  for (const [name, share] of given) {
    if (!(name in defaults)) {
      throw new RangeError(`class shares: ${name} is no class here; classes are ${Object.keys(defaults).join(", ")}`);
    }
    if (!(share >= 0 && share < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`class shares: ${name} must be 0 or more, not ${share}`);
    }
  }
  const total = given.reduce((sum, [, share]) => sum + share, 0);
  if (!(total > 0)) throw new RangeError("class shares: at least one must be more than 0");
  return given.filter(([, share]) => share > 0).map(([name, share]) => ({ name, share: share / total }));
}

/** The six faults in equal parts. */
export const equalFaultShares: ClassShares = Object.fromEntries(faultNames.map((name) => [name, 1 / 6]));
/** Half of the time all is well. */
export const timelineShares: ClassShares = {
  [normalName]: 0.5,
  ...Object.fromEntries(faultNames.map((name) => [name, 1 / 12])),
};

/** Keeps what has been handed out near its shares at every moment, in an order that chance decides. */
export class ShareKeeper {
  private readonly classes: readonly { name: ClassName; share: number }[];
  private readonly counts: number[];
  private readonly random: Random;
  private total = 0;

  constructor(classes: readonly { name: ClassName; share: number }[], random: Random) {
    this.classes = classes;
    this.counts = classes.map(() => 0);
    this.random = random;
  }

  /** The class that lags most behind its share, by chance among those that lag about as much. */
  next(): ClassName {
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (const [i, { share }] of this.classes.entries()) {
      const lag = share * (this.total + 1) - this.counts[i]! + this.random.uniform();
      if (lag > most) {
        most = lag;
        best = i;
      }
    }
    return this.classes[best]!.name;
  }

  count(name: ClassName, samples: number): void {
    const index = this.classes.findIndex((item) => item.name === name);
    if (index >= 0) this.counts[index]! += samples;
    this.total += samples;
  }
}
