import { type ReactNode, useMemo } from "react";
import { usePreferences } from "../lib/preferences.ts";
import { choiceOf, palettesOf } from "./palette-choice.ts";
import { PaletteContext } from "./use-palette.ts";

/** Draws the charts within it in the colours that were chosen in the settings. */
export function PaletteProvider({ children }: { readonly children: ReactNode }) {
  const { palette } = usePreferences();
  const palettes = useMemo(() => palettesOf(choiceOf(palette)), [palette]);
  return <PaletteContext value={palettes}>{children}</PaletteContext>;
}
