import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { Evaluation } from "@systemhealer/contract/model-card";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { Name } from "../../ui/Name.tsx";
import { Pager } from "../../ui/Pager.tsx";

type ClassMetrics = Evaluation["perClass"][number];
const pageSize = 20;
const measures = ["precision", "recall", "f1", "support"] as const;

/** Each class with its scores; the weakest can be brought to the top. */
export function PerClassTable({ perClass }: { readonly perClass: readonly ClassMetrics[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [sort, setSort] = useState<{ readonly by: keyof ClassMetrics; readonly descending: boolean }>({
    by: "f1",
    descending: false,
  });
  const [page, setPage] = useState(1);
  const pages = Math.ceil(perClass.length / pageSize);
  return (
    <Table
      trackBy="name"
      contentDensity="compact"
      wrapLines
      items={sorted(perClass, sort.by, sort.descending).slice((page - 1) * pageSize, page * pageSize)}
      pagination={pages > 1 && <Pager page={page} pages={pages} onChange={setPage} />}
      sortingColumn={{ sortingField: sort.by }}
      sortingDescending={sort.descending}
      onSortingChange={({ detail }) => {
        const by = detail.sortingColumn.sortingField as keyof ClassMetrics;
        setSort({ by, descending: detail.isDescending ?? false });
        setPage(1);
      }}
      ariaLabels={{ tableLabel: t("models.perClass") }}
      header={
        <Header variant="h2" description={t("models.perClassHint")}>
          {t("models.perClass")}
        </Header>
      }
      columnDefinitions={[
        {
          id: "name",
          header: t("models.class"),
          sortingField: "name",
          isRowHeader: true,
          minWidth: 110,
          cell: ({ name }) => (
            <span className="breakable">
              <Name>{name}</Name>
            </span>
          ),
        },
        ...measures.map((measure) => ({
          id: measure,
          header: t(`models.${measure}`),
          sortingField: measure,
          cell: (metrics: ClassMetrics) =>
            measure === "support" ? formats.integer(metrics.support) : formats.percent(metrics[measure]),
        })),
      ]}
    />
  );
}

function sorted(perClass: readonly ClassMetrics[], by: keyof ClassMetrics, descending: boolean): ClassMetrics[] {
  const sign = descending ? -1 : 1;
  return [...perClass].sort((a, b) => {
    const order = by === "name" ? a.name.localeCompare(b.name) : a[by] - b[by];
    return sign * order || a.name.localeCompare(b.name);
  });
}
