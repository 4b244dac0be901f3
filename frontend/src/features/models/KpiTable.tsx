import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { KpiFilter } from "../../ui/KpiFilter.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { type KpiUse, kpiUses, type StoredCard, type StoredReport } from "./stored-report.ts";
import "./models.css";
import { Name } from "../../ui/Name.tsx";

const pageSize = 10;
const uses = ["kept", "dropped", "constant"] as const;
const types = { kept: "success", dropped: "stopped", constant: "stopped" } as const;

export interface KpiTableProps {
  readonly card: StoredCard;
  readonly report: StoredReport | undefined;
}

/** Which KPIs the model looks at, and what they tell; a page at a time. */
export function KpiTable({ card, report }: KpiTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const all = useMemo(() => kpiUses(card, report), [card, report]);
  const [text, setText] = useState("");
  const [use, setUse] = useState<(typeof uses)[number]>();
  const [page, setPage] = useState(1);
  const wanted = text.trim().toLowerCase();
  const found = all.filter((kpi) => (!use || kpi.use === use) && kpi.name.toLowerCase().includes(wanted));
  const hasScores = all.some(({ score }) => score !== undefined);
  const allKpis = { value: "", label: t("models.allKpis") };
  const kept = formats.integer(all.filter((kpi) => kpi.use === "kept").length);
  return (
    <Table
      trackBy="name"
      contentDensity="compact"
      items={found.slice((page - 1) * pageSize, page * pageSize)}
      ariaLabels={{ tableLabel: t("models.kpis") }}
      header={
        <Header variant="h2" description={t("models.kpisCount", { kept, all: formats.integer(all.length) })}>
          {t("models.kpis")}
        </Header>
      }
      filter={
        <div className="model-filters">
          <div className="model-filters-text">
            <KpiFilter
              text={text}
              onChange={(text) => {
                setText(text);
                setPage(1);
              }}
            />
          </div>
          <Select
            ariaLabel={t("models.showKpis")}
            selectedOption={use ? { value: use, label: t(`models.${use}`) } : allKpis}
            options={[allKpis, ...uses.map((value) => ({ value, label: t(`models.${value}`) }))]}
            onChange={({ detail }) => {
              setUse(uses.find((value) => value === detail.selectedOption.value));
              setPage(1);
            }}
          />
        </div>
      }
      pagination={<Pager page={page} pages={Math.ceil(found.length / pageSize)} onChange={setPage} />}
      empty={<Box textAlign="center">{t("data.noMatch")}</Box>}
      columnDefinitions={[
        { id: "name", header: t("models.kpi"), isRowHeader: true, cell: ({ name }) => <Name>{name}</Name> },
        {
          id: "use",
          header: t("common.status"),
          cell: (kpi) => <StatusIndicator type={types[kpi.use]}>{t(`models.${kpi.use}`)}</StatusIndicator>,
        },
        ...(hasScores
          ? [
              {
                id: "score",
                header: t("models.score"),
                cell: ({ score }: KpiUse) => formats.number(score ?? null),
              },
            ]
          : []),
      ]}
    />
  );
}
