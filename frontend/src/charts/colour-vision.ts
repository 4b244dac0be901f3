import type { Ground } from "./palette.ts";

/** Grounds on which charts are drawn. */
export const groundColours: Readonly<Record<Ground, string>> = { light: "#ffffff", dark: "#161d26" };

/** What marks of a chart need by WCAG 2.2, 1.4.11. */
export const leastContrast = 3;

export const visions = ["usual", "protan", "deutan"] as const;
export type Vision = (typeof visions)[number];

const channelsOf = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);

/** Relative luminance by WCAG 2.2. */
export function luminance(colour: string): number {
  const [r, g, b] = channelsOf(colour).map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** Contrast by WCAG 2.2, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

/** Dichromats by Viénot, Brettel and Mollon (1999), in linear RGB. */
const matrices: Readonly<Record<Exclude<Vision, "usual">, readonly (readonly number[])[]>> = {
  protan: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deutan: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
};
const gamma = 2.2;

/** What eyes see of a colour: red, green and blue of 0 to 1. */
export function seenChannels(colour: string, vision: Vision): number[] {
  const channels = channelsOf(colour);
  if (vision === "usual") return channels;
  const linear = channels.map((value) => value ** gamma);
  return matrices[vision].map((row) => {
    const light = row.reduce((sum, weight, index) => sum + weight * linear[index]!, 0);
    return Math.min(1, Math.max(0, light)) ** (1 / gamma);
  });
}

/** The colour that usual eyes have to be shown to see what others see. */
export function seenColour(colour: string, vision: Vision): string {
  const hex = seenChannels(colour, vision).map((value) =>
    Math.round(value * 255)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}

/** Distances below it in the cube of red, green and blue are easily overlooked. */
const leastDistance = 0.19;

export interface Alike {
  readonly one: number;
  readonly other: number;
  readonly vision: Vision;
}

/** Pairs of colours that eyes take for each other; for each pair the first kind of eyes that does. */
export function alikePairs(colours: readonly string[]): Alike[] {
  const pairs: Alike[] = [];
  const seen = visions.map((vision) => colours.map((colour) => seenChannels(colour, vision)));
  for (let one = 0; one < colours.length; one += 1) {
    for (let other = one + 1; other < colours.length; other += 1) {
      const index = seen.findIndex((list) => distance(list[one]!, list[other]!) < leastDistance);
      if (index >= 0) pairs.push({ one, other, vision: visions[index]! });
    }
  }
  return pairs;
}

function distance(one: readonly number[], other: readonly number[]): number {
  return Math.hypot(...one.map((value, index) => value - other[index]!));
}
