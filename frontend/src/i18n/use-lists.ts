import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";

/** Words one after another, with the marks of the reader's language between them. */
export interface Lists {
  readonly names: (words: readonly (string | number)[]) => string;
  readonly clauses: (words: readonly string[]) => string;
}

export function useLists(): Lists {
  const { t } = useTranslation();
  return {
    names: (words) => words.map((word) => visible(String(word))).join(t("common.comma")),
    clauses: (words) => words.join(t("common.semicolon")),
  };
}
