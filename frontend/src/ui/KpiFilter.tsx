import TextFilter from "@cloudscape-design/components/text-filter";
import { useTranslation } from "react-i18next";

export interface KpiFilterProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Finds KPIs by a part of their names. */
export function KpiFilter({ text, onChange }: KpiFilterProps) {
  const { t } = useTranslation();
  return (
    <TextFilter
      filteringText={text}
      filteringAriaLabel={t("data.filterFeatures")}
      filteringPlaceholder={t("data.filterFeatures")}
      onChange={({ detail }) => onChange(detail.filteringText)}
    />
  );
}
