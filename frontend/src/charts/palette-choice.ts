import type { Ground, Palette } from "./palette.ts";
import { type PaletteName, type Palettes, paletteNames, palettes } from "./palettes.ts";

/** A palette, and what was changed in it. Slots are the places in `categories`; the one after them is of unknown rows. */
export interface PaletteChoice {
  readonly name: PaletteName;
  readonly changes: Readonly<Record<Ground, Readonly<Record<number, string>>>>;
}

export const grounds = ["light", "dark"] as const satisfies readonly Ground[];
export const usualChoice: PaletteChoice = { name: "okabe-ito", changes: { light: {}, dark: {} } };

const isColour = (text: unknown): text is string => typeof text === "string" && /^#[0-9a-f]{6}$/i.test(text);

/** A kept choice without what is no palette or no colour. */
export function choiceOf(kept: PaletteChoice | undefined): PaletteChoice {
  if (!kept || !paletteNames.includes(kept.name)) return usualChoice;
  const changesOn = (ground: Ground) =>
    Object.fromEntries(
      Object.entries(kept.changes?.[ground] ?? {}).filter(
        ([slot, colour]) => Number(slot) < slotsOf(palettes[kept.name][ground]).length && isColour(colour),
      ),
    );
  return { name: kept.name, changes: { light: changesOn("light"), dark: changesOn("dark") } };
}

/** The colours of a palette that can be changed. */
export function slotsOf({ categories, unknown }: Palette): readonly string[] {
  return [...categories, unknown];
}

export function withSlot(choice: PaletteChoice, ground: Ground, slot: number, colour: string): PaletteChoice {
  if (!isColour(colour)) return choice;
  const changes = { ...choice.changes, [ground]: { ...choice.changes[ground], [slot]: colour.toLowerCase() } };
  return { ...choice, changes };
}

export const isChanged = ({ changes }: PaletteChoice): boolean =>
  grounds.some((ground) => Object.keys(changes[ground]).length > 0);

/** The palettes of both grounds as chosen. */
export function palettesOf({ name, changes }: PaletteChoice): Palettes {
  const on = (ground: Ground): Palette => {
    const palette = palettes[name][ground];
    const slots = slotsOf(palette).map((colour, slot) => changes[ground][slot] ?? colour);
    return { ...palette, categories: slots.slice(0, -1), unknown: slots.at(-1)! };
  };
  return { light: on("light"), dark: on("dark") };
}
