import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../i18n/language.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { csvOf } from "../../lib/csv.ts";
import { saveText } from "../../lib/save-file.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { Name } from "../../ui/Name.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { type ReportRow, reportRows } from "./report-rows.ts";

const pageSize = 20;

/** Why a file was not accepted: each place with what stands there and what should. */
export function RejectedDataset({ datasetId }: { readonly datasetId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const language = useLanguage();
  const [page, setPage] = useState(1);
  const { data: report, error, refetch } = useQuery(useQueries().datasetReport(datasetId));
  if (!report) return <Pending error={error} refetch={refetch} />;

  const rows = reportRows(report.findings, language, t("data.expectedWords", { returnObjects: true }));
  const columns = [
    { id: "row", header: t("common.row"), minWidth: 60 },
    { id: "column", header: t("common.column"), minWidth: 150 },
    { id: "found", header: t("data.found"), minWidth: 90 },
    { id: "expected", header: t("data.expected"), minWidth: 90 },
    { id: "sentence", header: t("data.sentence"), minWidth: 380 },
  ] as const;
  const download = () => {
    const table = [columns.map(({ header }) => header), ...rows.map((row) => columns.map(({ id }) => row[id]))];
    saveText(`${report.fileName}-report.csv`, "text/csv;charset=utf-8", csvOf(table));
  };
  return (
    <SpaceBetween size="l">
      <Alert type="error" header={t("data.rejectedTitle")} statusIconAriaLabel={t("common.error")}>
        {t("data.rejectedText")}{" "}
        {report.omittedFindings > 0 && t("data.omitted", { number: formats.integer(report.omittedFindings) })}
      </Alert>
      <Table
        trackBy="id"
        wrapLines
        items={rows.slice((page - 1) * pageSize, page * pageSize)}
        ariaLabels={{ tableLabel: t("data.report") }}
        columnDefinitions={columns.map(({ id, header, minWidth }) => ({
          id,
          header,
          minWidth,
          cell: (row: ReportRow) => (row[id] ? <Name>{row[id]}</Name> : t("common.none")),
          ...(id === "sentence" && { isRowHeader: true }),
        }))}
        header={
          <Header
            variant="h2"
            counter={`(${formats.integer(rows.length + report.omittedFindings)})`}
            description={t("common.fact", { name: t("data.rowsRead"), value: formats.integer(report.rowsRead) })}
            actions={
              <Button iconName="download" onClick={download}>
                {t("data.downloadReport")}
              </Button>
            }
          >
            {t("data.report")}
          </Header>
        }
        pagination={<Pager page={page} pages={Math.ceil(rows.length / pageSize)} onChange={setPage} />}
        empty={<Box textAlign="center">{t("common.none")}</Box>}
      />
    </SpaceBetween>
  );
}
