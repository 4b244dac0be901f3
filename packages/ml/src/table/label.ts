/** A plain decimal number without superfluous leading zeros, so that codes such as `007` stay texts. */
const plainNumber = /^[+-]?(?:0|[1-9]\d{0,14})(?:\.\d*)?(?:[eE][+-]?\d{1,2})?$/;

/**
 * The name of the class that a label cell stands for. Blanks around it do not count, and numbers are named by their
 * value: `1`, `1.0` and `1e0` are the class `1`, as programs that know only floating-point columns write them.
 * Everything else is kept as it stands; case counts.
 */
export function canonicalLabel(text: string): string {
  const trimmed = text.trim();
  if (!plainNumber.test(trimmed)) return trimmed;
  const value = Number(trimmed);
  return String(value === 0 ? 0 : value);
}

/** Classes whose names differ in no more than case, width and blanks: groups of two or more. */
export function alikeClasses(names: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const spelling = name.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");
    const group = groups.get(spelling);
    if (group) group.push(name);
    else groups.set(spelling, [name]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Classes in the order of a report: numbers in rising order where all are numbers, else by code point. */
export function compareClasses(classes: readonly string[]): (a: string, b: string) => number {
  if (classes.every((name) => plainNumber.test(name))) return (a, b) => Number(a) - Number(b);
  return (a, b) => compareCodePoints(a, b);
}

function compareCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Whether results may write the classes as numbers. */
export function allIntegers(classes: readonly string[]): boolean {
  return classes.every((name) => /^-?(?:0|[1-9]\d{0,14})$/.test(name));
}
