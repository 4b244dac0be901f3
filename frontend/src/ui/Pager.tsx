import Pagination from "@cloudscape-design/components/pagination";
import { useTranslation } from "react-i18next";
import { useIsNarrow } from "../lib/use-is-narrow.ts";

export interface PagerProps {
  readonly page: number;
  readonly pages: number;
  /** More pages may follow. */
  readonly openEnd?: boolean;
  readonly disabled?: boolean;
  readonly onChange: (page: number) => void;
}

/** Goes from page to page, in one line on phones too; nothing where there is one page only. */
export function Pager({ page, pages, openEnd = false, disabled = false, onChange }: PagerProps) {
  const { t } = useTranslation();
  const isNarrow = useIsNarrow();
  if (pages <= 1 && !openEnd) return null;
  return (
    <Pagination
      currentPageIndex={page}
      pagesCount={Math.max(1, pages)}
      openEnd={openEnd}
      disabled={disabled}
      pagesVariant={isNarrow ? "compact" : "normal"}
      i18nStrings={{
        pagesCompactText: ({ currentPage, pagesCount, openEnd: isOpen }) =>
          isOpen
            ? t("data.pageLabel", { page: currentPage })
            : t("data.pageOf", { page: currentPage, pages: pagesCount }),
      }}
      ariaLabels={{
        previousPageLabel: t("data.previous"),
        nextPageLabel: t("data.next"),
        pageLabel: (number) => t("data.pageLabel", { page: number }),
      }}
      onChange={({ detail }) => onChange(detail.currentPageIndex)}
    />
  );
}
