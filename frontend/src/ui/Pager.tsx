import Pagination from "@cloudscape-design/components/pagination";
import { useTranslation } from "react-i18next";

export interface PagerProps {
  readonly page: number;
  readonly pages: number;
  /** More pages may follow. */
  readonly openEnd?: boolean;
  readonly disabled?: boolean;
  readonly onChange: (page: number) => void;
}

/** Goes from page to page; nothing where there is one page only. */
export function Pager({ page, pages, openEnd = false, disabled = false, onChange }: PagerProps) {
  const { t } = useTranslation();
  if (pages <= 1 && !openEnd) return null;
  return (
    <Pagination
      currentPageIndex={page}
      pagesCount={Math.max(1, pages)}
      openEnd={openEnd}
      disabled={disabled}
      ariaLabels={{
        previousPageLabel: t("data.previous"),
        nextPageLabel: t("data.next"),
        pageLabel: (number) => t("data.pageLabel", { page: number }),
      }}
      onChange={({ detail }) => onChange(detail.currentPageIndex)}
    />
  );
}
