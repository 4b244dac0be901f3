import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { RowsDiagnosis } from "@systemhealer/contract/diagnosis";
import { visible } from "@systemhealer/contract/visible";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { csvOf } from "../../lib/csv.ts";
import { saveText } from "../../lib/save-file.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { Pager } from "../../ui/Pager.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { useClassNames } from "./class-names.ts";
import { openClickedRow } from "./open-clicked-row.ts";
import type { PastedRows } from "./paste-rows.ts";
import { RowAnswer } from "./RowAnswer.tsx";
import { VerdictWords } from "./VerdictWords.tsx";
import { verdictOf } from "./verdict.ts";
import "./diagnosis.css";

export interface PastedAnswersProps {
  readonly modelId: string;
  readonly pasted: PastedRows;
  readonly answer: RowsDiagnosis;
}

const pageSize = 20;

/** What the model says of pasted rows; a row opens its explanation. */
export function PastedAnswers({ modelId, pasted, answer }: PastedAnswersProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const lists = useLists();
  const names = useClassNames(answer.classes);
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<number>();
  const items = answer.rows.map((row, index) => ({ ...row, index, id: pasted.ids[index] ?? String(index + 1) }));
  const counts = countsOf(answer);
  const mean = items.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, items.length);
  const bars = counts.map(({ name, rows }) => ({ name: names.labelOf(name), value: rows }));
  const save = () => {
    const head = ["row", "id", "diagnosis", "confidence", ...answer.classes, "unknown", "kpis_beyond", "anomalous"];
    const lines = items.map(({ index, id, diagnosis, confidence, probabilities, unknown, anomaly }) => [
      String(index + 1),
      id,
      diagnosis,
      String(confidence),
      ...probabilities.map(String),
      unknown ? "1" : "0",
      anomaly ? String(anomaly.kpisBeyond) : "",
      anomaly ? (anomaly.anomalous ? "1" : "0") : "",
    ]);
    saveText("results.csv", "text/csv", csvOf([head, ...lines]));
  };
  return (
    <SpaceBetween size="l">
      <VerdictWords verdict={verdictOf(counts, mean)} />
      {items.length > 1 && (
        <ChartFrame
          title={t("diagnosis.chart.bar")}
          zoom="xy"
          table={{
            columns: [t("data.classes"), t("common.rows")],
            rows: bars.map(({ name, value }) => [name, formats.integer(value)]),
          }}
        >
          <BarChart
            title={t("diagnosis.chart.bar")}
            bars={bars}
            format={formats.integer}
            colourOf={names.colourOfLabel}
          />
        </ChartFrame>
      )}
      <div className="openable-rows">
        <Table
          trackBy="index"
          wrapLines
          items={items.slice((page - 1) * pageSize, page * pageSize)}
          ariaLabels={{ tableLabel: t("diagnosis.rows") }}
          onRowClick={({ detail }) => openClickedRow(() => setOpen(detail.item.index))}
          header={
            <Header
              variant="h2"
              counter={`(${formats.integer(items.length)})`}
              actions={
                <SpaceBetween direction="horizontal" size="xs">
                  <Button iconName="download" onClick={save}>
                    CSV
                  </Button>
                  <Button
                    iconName="download"
                    onClick={() => saveText("results.json", "application/json", JSON.stringify(answer, undefined, 1))}
                  >
                    JSON
                  </Button>
                </SpaceBetween>
              }
            >
              {t("diagnosis.rows")}
            </Header>
          }
          columnDefinitions={[
            {
              id: "id",
              header: t("common.row"),
              isRowHeader: true,
              cell: ({ id, index }) => (
                <Link
                  href="#"
                  ariaLabel={t("diagnosis.openRow", { row: id })}
                  onFollow={(event) => {
                    event.preventDefault();
                    setOpen(index);
                  }}
                >
                  {visible(id)}
                </Link>
              ),
            },
            {
              id: "diagnosis",
              header: t("diagnosis.diagnosis"),
              cell: ({ diagnosis, unknown }) =>
                unknown ? t("diagnosis.unknownNear", { name: diagnosis }) : visible(diagnosis),
            },
            {
              id: "confidence",
              header: t("diagnosis.confidence"),
              cell: ({ confidence }) => formats.percent(confidence),
            },
            {
              id: "set",
              header: t("diagnosis.set"),
              cell: ({ set }) => lists.names(set ?? []) || t("common.none"),
            },
          ]}
          pagination={
            items.length > pageSize && (
              <Pager page={page} pages={Math.ceil(items.length / pageSize)} onChange={setPage} />
            )
          }
        />
      </div>
      {open !== undefined && (
        <SidePanel
          key={open}
          title={t("diagnosis.rowNumber", { row: items[open]!.id })}
          onClose={() => setOpen(undefined)}
        >
          <ExplainedRow modelId={modelId} row={pasted.rows[open]!} />
        </SidePanel>
      )}
    </SpaceBetween>
  );
}

function ExplainedRow({ modelId, row }: { readonly modelId: string; readonly row: PastedRows["rows"][number] }) {
  const { data, error, refetch } = useQuery(useQueries().rowAnswer(modelId, row));
  if (!data) return <Pending error={error} refetch={refetch} />;
  return <RowAnswer answer={data.rows[0]!} classes={data.classes} />;
}

/** Rows by class, the most frequent first; unknown ones apart, at the end. */
function countsOf({ rows }: RowsDiagnosis): { readonly name: string; readonly rows: number }[] {
  const counts = new Map<string, number>();
  for (const { diagnosis, unknown } of rows) {
    const name = unknown ? "" : diagnosis;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, rows: count }))
    .sort((one, other) => Number(one.name === "") - Number(other.name === "") || other.rows - one.rows);
}
