import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import { useTranslation } from "react-i18next";

export interface ChartKindsProps {
  readonly kinds: readonly { readonly id: string; readonly label: string }[];
  readonly kind: string;
  /** Pixels that the chart and its tools have. */
  readonly width: number;
  readonly onKind: ((id: string) => void) | undefined;
}

const toolsPixels = 270;
const kindPixels = 96;

/** The ways to draw a chart: side by side where there is room, else as a list. */
export function ChartKinds({ kinds, kind, width, onKind }: ChartKindsProps) {
  const { t } = useTranslation();
  if (width >= toolsPixels + kinds.length * kindPixels) {
    return (
      <SegmentedControl
        label={t("charts.kind")}
        selectedId={kind}
        options={kinds.map(({ id, label }) => ({ id, text: label }))}
        onChange={({ detail }) => onKind?.(detail.selectedId)}
      />
    );
  }
  const options = kinds.map(({ id, label }) => ({ value: id, label }));
  return (
    <Select
      ariaLabel={t("charts.kind")}
      selectedOption={options.find(({ value }) => value === kind) ?? null}
      options={options}
      expandToViewport
      onChange={({ detail }) => onKind?.(detail.selectedOption.value ?? "")}
    />
  );
}
