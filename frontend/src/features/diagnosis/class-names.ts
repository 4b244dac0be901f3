import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { classColours } from "../../charts/palette.ts";
import { usePalette } from "../../charts/use-palette.ts";

export interface ClassNames {
  /** In the reader's words: the empty name stands for rows that are like nothing learned. */
  readonly labelOf: (name: string) => string;
  readonly colourOf: (name: string) => string;
  /** The same by label. */
  readonly colourOfLabel: (label: string) => string;
}

/** Names and colours of a model's classes, the same in every chart of a page. */
export function useClassNames(classes: readonly string[]): ClassNames {
  const { t } = useTranslation();
  const palette = usePalette();
  return useMemo(() => {
    const colourOf = classColours(classes, palette);
    const unknown = t("diagnosis.unknown");
    return {
      colourOf,
      labelOf: (name) => name || unknown,
      colourOfLabel: (label) => colourOf(label === unknown ? "" : label),
    };
  }, [classes, palette, t]);
}
