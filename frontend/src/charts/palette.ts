import { luminance } from "./colour-vision.ts";

/** Colours of charts for one ground, light or dark. */
export interface Palette {
  /** For classes and lines, told apart in this order. */
  readonly categories: readonly string[];
  /** Rows that are like nothing learned. */
  readonly unknown: string;
  /** From none to much. */
  readonly sequence: readonly string[];
  /** From below through usual to above. */
  readonly divergence: readonly [low: string, middle: string, high: string];
  /** Cells without a value. */
  readonly empty: string;
}

export type Ground = "light" | "dark";

/**
 * Hues of Okabe and Ito (2008), darkened or lightened so that each stands out from its ground by 3 to 1 and that eyes
 * without red or green cones tell each from every other.
 */
export const okabeIto: Readonly<Record<Ground, Palette>> = {
  light: {
    categories: ["#0067a0", "#aa4b00", "#009e73", "#cc79a7", "#908928", "#453000", "#1a3646"],
    unknown: "#5f5f5f",
    sequence: ["#eaf2f8", "#8ec3e3", "#3b8fc2", "#0b5a91", "#052f5f"],
    divergence: ["#0060a0", "#f3f3f1", "#a84300"],
    empty: "#dde1e6",
  },
  dark: {
    categories: ["#4da2d2", "#e9a91a", "#33b18f", "#f0d7e5", "#c05500", "#f8f2a1", "#0072b2"],
    unknown: "#6b6b6b",
    sequence: ["#1d2b3a", "#1f4e75", "#2a7fb8", "#6bbcec", "#d3ecfb"],
    divergence: ["#56b4e9", "#2a323d", "#f0a830"],
    empty: "#39434f",
  },
};

/**
 * A colour for each class, the same in every chart: by the place of its name among all names. Where there are more
 * classes than colours, later rounds are mixed with the ground's opposite.
 */
export function classColours(classes: readonly string[], palette: Palette): (name: string) => string {
  const { categories, unknown } = palette;
  const names = [...new Set(classes)].sort();
  const colours = new Map(
    names.map((name, index) => {
      const round = Math.floor(index / categories.length);
      const hue = categories[index % categories.length]!;
      return [name, round === 0 ? hue : mix(hue, "#808080", Math.min(0.75, 0.3 * round))];
    }),
  );
  return (name) => colours.get(name) ?? unknown;
}

/** A colour between two, in sRGB. @param share of the second, 0 to 1 */
export function mix(one: string, other: string, share: number): string {
  const [a, b] = [one, other].map((text) => [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)));
  const channel = (index: number) =>
    Math.round(a![index]! + (b![index]! - a![index]!) * share)
      .toString(16)
      .padStart(2, "0");
  return `#${channel(0)}${channel(1)}${channel(2)}`;
}

/** A colour of a ramp of equal steps. @param share 0 to 1; what lies outside is held at the ends */
export function rampColour(ramp: readonly string[], share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (ramp.length - 1);
  const index = Math.min(ramp.length - 2, Math.floor(place));
  return mix(ramp[index]!, ramp[index + 1]!, place - index);
}

/** Black or white, whichever reads better on the colour. */
export function inkOn(colour: string): string {
  return luminance(colour) > 0.18 ? "#0f141a" : "#ffffff";
}
