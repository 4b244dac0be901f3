import { createContext, useContext } from "react";
import { useIsDark } from "../lib/preferences.ts";
import { okabeIto, type Palette } from "./palette.ts";

/** Palettes that take the place of the usual ones. */
export const PaletteContext = createContext<typeof okabeIto>(okabeIto);

/** The colours of charts on the present ground. */
export function usePalette(): Palette {
  const palettes = useContext(PaletteContext);
  return palettes[useIsDark() ? "dark" : "light"];
}
