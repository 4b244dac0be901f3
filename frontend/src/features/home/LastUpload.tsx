import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { visible } from "@systemhealer/contract/visible";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { usePendingIds } from "../../ui/use-undoable.ts";
import { askedUploads } from "./use-is-answered.ts";

/** The data set that came last, and what is done with one like it. Nothing where there is none. */
export function LastUpload() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data } = useInfiniteQuery(useQueries().datasets("ready", askedUploads));
  const pending = usePendingIds();
  const last = data?.pages[0]?.items.find(({ datasetId }) => !pending.has(datasetId));
  if (!last) return null;
  const { datasetId, name, purpose, sizeBytes, createdAt } = last;
  const order = purpose === "training" ? `/train?dataset=${datasetId}` : `/diagnose?dataset=${datasetId}`;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={<OrderLink to={order}>{t(purpose === "training" ? "home.trainOnIt" : "nav.diagnose")}</OrderLink>}
        >
          {t("home.lastUpload")}
        </Header>
      }
    >
      <SpaceBetween size="xxs">
        <RouterLink to={`/data/${datasetId}`}>{visible(name)}</RouterLink>
        <Box color="text-body-secondary" fontSize="body-s">
          {t(`data.purpose.${purpose}`)} · {formats.bytes(sizeBytes)} · {formats.time(createdAt)}
        </Box>
      </SpaceBetween>
    </Container>
  );
}
