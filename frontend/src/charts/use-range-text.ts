import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/use-formats.ts";
import { useLists } from "../i18n/use-lists.ts";

/** Words for what the axes of a zoomed chart show. */
export interface RangeText {
  axis(name: string, domain: readonly [number, number]): string;
  words(axis: string, from: string, to: string): string;
  magnified(factor: number): string;
  items(shown: number, all: number): string;
  /** What is said of one of several axes. */
  of(axis: string, words: string): string;
  /** What is said of several axes, one after another. */
  all(words: readonly string[]): string;
}

export function useRangeText(): RangeText {
  const { t } = useTranslation();
  const formats = useFormats();
  const lists = useLists();
  return {
    axis: (axis, [from, to]) => t("charts.range", { axis, from: formats.number(from), to: formats.number(to) }),
    words: (axis, from, to) => t("charts.range", { axis, from, to }),
    magnified: (factor) => t("charts.magnified", { factor: formats.number(factor) }),
    items: (shown, all) => t("charts.items", { shown: formats.integer(shown), all: formats.integer(all) }),
    of: (axis, words) => t("common.fact", { name: axis, value: words }),
    all: lists.clauses,
  };
}
