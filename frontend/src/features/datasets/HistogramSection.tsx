import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ApiError } from "@systemhealer/contract/client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { histogramsPerPage } from "../../lib/queries.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import { KpiHistogram } from "./KpiHistogram.tsx";

/** How each KPI is spread in each class, a few at a time. Data sets that were checked before there were any have none. */
export function HistogramSection({ datasetId }: { readonly datasetId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useQuery(
    useQueries().datasetHistograms(datasetId, search, (page - 1) * histogramsPerPage),
  );
  if (error instanceof ApiError && error.problem.code === "no-histograms") return null;
  const hasClasses = !data || data.classes.some(({ name }) => name !== null);
  const half = { default: 12, s: 6 } as const;
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h2"
            counter={data && `(${formats.integer(data.total)})`}
            description={
              data &&
              t(hasClasses ? "data.histogramsHint" : "data.spreadHint", {
                sampled: formats.integer(data.sampledRows),
                rows: formats.integer(data.rows),
                normal: data.normalClass ?? t("data.allClasses"),
              })
            }
          >
            {t(hasClasses ? "data.histograms" : "data.spread")}
          </Header>
        }
      >
        <SpaceBetween size="s">
          <SearchField
            label={t("data.filterHistograms")}
            search={search}
            onChange={(text) => {
              setSearch(text);
              setPage(1);
            }}
          />
          {data && data.total > histogramsPerPage && (
            <Pager page={page} pages={Math.ceil(data.total / histogramsPerPage)} onChange={setPage} />
          )}
          {data?.total === 0 && <Box textAlign="center">{t("data.noMatch")}</Box>}
          <ErrorAlert error={error} onRetry={() => void refetch()} />
          {!data && !error && <Loading />}
        </SpaceBetween>
      </Container>
      {data && data.items.length > 0 && (
        <Grid gridDefinition={data.items.map(() => ({ colspan: half }))}>
          {data.items.map((item) => (
            <KpiHistogram key={item.name} histogram={item} classes={data.classes} />
          ))}
        </Grid>
      )}
    </SpaceBetween>
  );
}
