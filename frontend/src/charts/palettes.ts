import { type Ground, okabeIto, type Palette } from "./palette.ts";

export const paletteNames = ["okabe-ito", "tol", "ibm", "petroff"] as const;
export type PaletteName = (typeof paletteNames)[number];
export type Palettes = Readonly<Record<Ground, Palette>>;

/**
 * Colours after well-known palettes, each moved as little as it takes for a contrast of 3 to 1 with its ground and for
 * eyes without red or green cones to tell each from every other: Tol (2021, "bright"), IBM Design Language
 * (colour-blind safe), Petroff (2021, eight colours).
 */
export const palettes: Readonly<Record<PaletteName, Palettes>> = {
  "okabe-ito": okabeIto,
  tol: {
    light: {
      categories: ["#3077ae", "#ed6576", "#0e8732", "#aa9303", "#449dc5", "#ab367b", "#34228a"],
      unknown: "#494949",
      sequence: ["#f1ecf6", "#c3a9d4", "#97709f", "#6f3f78", "#43174c"],
      divergence: ["#2a6aa5", "#f4f4f2", "#b2283f"],
      empty: "#dde1e6",
    },
    dark: {
      categories: ["#4f7dac", "#ec626f", "#208834", "#cdba42", "#65ccee", "#b13b7c", "#525bd1"],
      unknown: "#9d9d9d",
      sequence: ["#2b2135", "#553a6b", "#8a5fa6", "#bd94d6", "#f0e2fa"],
      divergence: ["#66ccee", "#2a323d", "#ec7a86"],
      empty: "#39434f",
    },
  },
  ibm: {
    light: {
      categories: ["#618efe", "#d9167b", "#ca8509", "#7458eb", "#f76340", "#1fa3a4", "#072e9e"],
      unknown: "#4a4a4a",
      sequence: ["#edf0ff", "#b7c5ff", "#7d96f5", "#4459c4", "#1a2b7d"],
      divergence: ["#4361d8", "#f3f3f1", "#c2460a"],
      empty: "#dde1e6",
    },
    dark: {
      categories: ["#6992ff", "#cc0b60", "#ffb007", "#765bf6", "#fd620b", "#10adb5", "#0768c3"],
      unknown: "#878787",
      sequence: ["#1f2542", "#34458c", "#5470d6", "#8fa6ff", "#dfe6ff"],
      divergence: ["#7a9cff", "#2a323d", "#ff8a3d"],
      empty: "#39434f",
    },
  },
  petroff: {
    light: {
      categories: ["#0a47fb", "#ff5e03", "#c81101", "#b93897", "#96966a", "#5b9cb7", "#558dfe"],
      unknown: "#606060",
      sequence: ["#eaf4f1", "#a5d4c6", "#5aa792", "#237563", "#06443a"],
      divergence: ["#0f6f5c", "#f4f3f0", "#9c5a00"],
      empty: "#dde1e6",
    },
    dark: {
      categories: ["#2154ff", "#ff5f00", "#cc200b", "#c94bac", "#adae7d", "#86c8dd", "#598dfe"],
      unknown: "#777777",
      sequence: ["#17302c", "#1f5c50", "#329480", "#74cdb8", "#daf5ee"],
      divergence: ["#4fc3aa", "#2a323d", "#e6a23c"],
      empty: "#39434f",
    },
  },
};
