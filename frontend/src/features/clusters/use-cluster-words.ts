import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { classColours } from "../../charts/palette.ts";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { type ClusterNames, noCluster } from "./naming.ts";

export interface ClusterWords {
  /** "Group 2", or that it is none. */
  readonly labelOf: (cluster: number) => string;
  /** With the name it was given, where it has one. */
  readonly fullNameOf: (cluster: number) => string;
  readonly colourOf: (cluster: number) => string;
}

/** How clusters are spoken of and coloured, the same on the whole page. */
export function useClusterWords(count: number, names: ClusterNames): ClusterWords {
  const { t } = useTranslation();
  const formats = useFormats();
  const palette = usePalette();
  return useMemo(() => {
    // Colours go by the order of names, so that numbers are written with leading zeros.
    const keyOf = (cluster: number) => String(cluster).padStart(4, "0");
    const colours = classColours(
      Array.from({ length: count }, (_, cluster) => keyOf(cluster)),
      palette,
    );
    const labelOf = (cluster: number) =>
      cluster === noCluster ? t("clusters.none") : t("clusters.group", { number: formats.integer(cluster + 1) });
    return {
      labelOf,
      fullNameOf: (cluster) => {
        const name = (names[String(cluster)] ?? "").trim();
        return name === "" ? labelOf(cluster) : `${labelOf(cluster)} · ${name}`;
      },
      colourOf: (cluster) => colours(keyOf(cluster)),
    };
  }, [count, names, palette, t, formats]);
}
