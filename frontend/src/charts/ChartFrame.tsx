import Box from "@cloudscape-design/components/box";
import ButtonGroup, { type ButtonGroupProps } from "@cloudscape-design/components/button-group";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import { visible } from "@systemhealer/contract/visible";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { csvOf } from "../lib/csv.ts";
import { saveText } from "../lib/save-file.ts";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { notify } from "../ui/notifications.tsx";
import { useErrorText } from "../ui/use-error-text.ts";
import { ChartKinds } from "./ChartKinds.tsx";
import { ChartLegend } from "./ChartLegend.tsx";
import { ChartTable, type TableOfChart } from "./ChartTable.tsx";
import { ChartContext, type ChartState } from "./chart-context.ts";
import type { LegendItem } from "./compose-svg.ts";
import { fileNameOf } from "./save-chart.ts";
import { useSavedChart } from "./use-saved-chart.tsx";
import { useWidth } from "./use-width.ts";
import { isWhole, type View, wholeView, type ZoomAxes, zoomed } from "./view.ts";
import "./chart.css";

export interface ChartFrameProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** What the chart shows, as a table: for those who cannot see it, and where it cannot be drawn. */
  readonly table: TableOfChart;
  /** Ways to draw it, of which one can be chosen. */
  readonly kinds?: readonly { readonly id: string; readonly label: string }[];
  readonly kind?: string;
  readonly onKind?: (id: string) => void;
  /** Along which axes the chart can be zoomed; not at all where it is left out. Such a chart draws a `ZoomSurface`. */
  readonly zoom?: ZoomAxes;
  readonly legend?: readonly LegendItem[];
  /** Choices that belong to the present kind of chart. */
  readonly controls?: ReactNode;
  /** How much of the data is shown; also said in saved pictures. */
  readonly note?: string | undefined;
  readonly children: ReactNode;
}

const zoomFactor = 1.6;
const middle = { x: 0.5, y: 0.5 };
/** What a window's frame and the chart's tools take of its height. */
const surroundings = 300;
const leastHeight = 280;

/** A chart with its title: its kinds, its zoom, itself as PNG, SVG or CSV, in full size, and the same as a table. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, description, table, kinds, kind = "", zoom, legend, controls, note, children } = props;
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [asTable, setAsTable] = useState(false);
  const [isLarge, setLarge] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const [isBrushing, setBrushing] = useState(false);
  const [view, changeView] = useViewOf(kind);
  const state = useMemo(
    (): ChartState => ({
      canZoom: zoom !== undefined,
      view,
      changeView,
      isBrushing,
      ...(isLarge && { height: Math.max(leastHeight, innerHeight - surroundings) }),
    }),
    [zoom, view, changeView, isBrushing, isLarge],
  );
  const width = useWidth(frame);
  const saved = useSavedChart(frame, { title, note, legend: legend ?? [], state }, children);

  const save = async (format: string) => {
    try {
      if (format === "csv") saveText(`${fileNameOf(title)}.csv`, "text/csv", csvOf([table.columns, ...table.rows]));
      else await saved.save(format === "png" ? "png" : "svg");
    } catch (error) {
      notify({ type: "error", text: errorText(error) });
    }
  };
  const actions: Readonly<Record<string, () => void>> = {
    in: () => changeView((old) => zoomed(old, zoomFactor, middle, zoom ?? "xy")),
    out: () => changeView((old) => zoomed(old, 1 / zoomFactor, middle, zoom ?? "xy")),
    reset: () => changeView(() => wholeView),
    brush: () => setBrushing(!isBrushing),
    table: () => setAsTable(!asTable),
    large: () => setLarge(!isLarge),
  };
  const tools = useTools({
    canZoom: zoom !== undefined && !asTable,
    isZoomed: !isWhole(view),
    isBrushing,
    asTable,
    isLarge,
  });
  const drawnTable = <ChartTable title={title} {...table} />;
  const fallback = (
    <>
      <Box color="text-status-warning">{t("common.chartFailed")}</Box>
      {drawnTable}
    </>
  );
  const body = (
    <div ref={frame} className="chart-frame">
      <div className="chart-tools">
        {kinds && <ChartKinds kinds={kinds} kind={kind} width={width} onKind={props.onKind} />}
        <ButtonGroup
          variant="icon"
          ariaLabel={t("charts.tools", { title })}
          items={tools}
          dropdownExpandToViewport
          onItemClick={({ detail: { id } }) => (actions[id] ? actions[id]() : void save(id))}
        />
      </div>
      {asTable ? (
        drawnTable
      ) : (
        <ErrorBoundary key={kind} fallback={fallback}>
          {controls}
          <ChartContext value={state}>{children}</ChartContext>
          {legend && legend.length > 0 && <ChartLegend items={legend} />}
        </ErrorBoundary>
      )}
      {note && (
        <Box color="text-body-secondary" fontSize="body-s">
          {note}
        </Box>
      )}
    </div>
  );
  const header = (
    <Header variant="h2" description={description}>
      {visible(title)}
    </Header>
  );
  return (
    <Container header={header}>
      {isLarge ? (
        <Modal
          visible
          size="max"
          header={visible(title)}
          closeAriaLabel={t("charts.small")}
          onDismiss={() => setLarge(false)}
        >
          {body}
        </Modal>
      ) : (
        body
      )}
      {saved.drawing}
    </Container>
  );
}

/** What is in sight; another kind of chart begins with the whole. */
function useViewOf(kind: string): [View, ChartState["changeView"]] {
  const [held, setHeld] = useState({ kind, view: wholeView });
  const view = held.kind === kind ? held.view : wholeView;
  const changeView = useMemo(
    () => (change: (view: View) => View) =>
      setHeld((old) => ({ kind, view: change(old.kind === kind ? old.view : wholeView) })),
    [kind],
  );
  return [view, changeView];
}

interface ToolState {
  readonly canZoom: boolean;
  readonly isZoomed: boolean;
  readonly isBrushing: boolean;
  readonly asTable: boolean;
  readonly isLarge: boolean;
}

function useTools({ canZoom, isZoomed, isBrushing, asTable, isLarge }: ToolState): ButtonGroupProps.ItemOrGroup[] {
  const { t } = useTranslation();
  const zoomTools: ButtonGroupProps.Item[] = [
    { type: "icon-button", id: "in", iconName: "zoom-in", text: t("charts.zoomIn") },
    { type: "icon-button", id: "out", iconName: "zoom-out", text: t("charts.zoomOut"), disabled: !isZoomed },
    { type: "icon-button", id: "reset", iconName: "zoom-to-fit", text: t("charts.reset"), disabled: !isZoomed },
    { type: "icon-toggle-button", id: "brush", iconName: "expand", text: t("charts.brush"), pressed: isBrushing },
  ];
  return [
    ...(canZoom ? [{ type: "group" as const, text: t("charts.zoom"), items: zoomTools }] : []),
    {
      type: "icon-toggle-button",
      id: "table",
      iconName: "list-view",
      text: t(asTable ? "common.showChart" : "common.showTable"),
      pressed: asTable,
    },
    {
      type: "icon-button",
      id: "large",
      iconName: isLarge ? "exit-full-screen" : "full-screen",
      text: t(isLarge ? "charts.small" : "charts.large"),
    },
    {
      type: "menu-dropdown",
      id: "save",
      iconName: "download",
      text: t("charts.save"),
      items: [
        { id: "png", text: t("charts.savePng"), disabled: asTable },
        { id: "svg", text: t("charts.saveSvg"), disabled: asTable },
        { id: "csv", text: t("charts.saveCsv") },
      ],
    },
  ];
}
