import { useTranslation } from "react-i18next";
import { ChartLegend } from "./ChartLegend.tsx";
import "./share-bar.css";

export interface ShareBarProps {
  readonly parts: readonly { readonly name: string; readonly value: number; readonly colour: string }[];
  /** Of a share from 0 to 1. */
  readonly format: (share: number) => string;
}

/** Parts of a whole as one thin bar, and in words below it. Parts of nothing are left out. */
export function ShareBar({ parts, format }: ShareBarProps) {
  const { t } = useTranslation();
  const there = parts.filter(({ value }) => value > 0);
  const whole = there.reduce((sum, { value }) => sum + value, 0);
  return (
    <>
      <div className="share-bar" aria-hidden="true">
        {there.map(({ name, value, colour }) => (
          <span key={name} style={{ flexGrow: value, background: colour }} />
        ))}
      </div>
      <ChartLegend
        items={there.map(({ name, value, colour }) => ({
          label: t("common.fact", { name, value: format(value / whole) }),
          colour,
        }))}
      />
    </>
  );
}
