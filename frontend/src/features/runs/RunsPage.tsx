import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Page } from "../../ui/Page.tsx";
import { RunTable } from "./RunTable.tsx";
import { addressOf, runFilterOf } from "./run-filter.ts";

/** The address tells which runs are wanted, so that a filtered list can be sent to somebody. */
export function RunsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  return (
    <Page
      title={t("runs.title")}
      description={t("runs.description")}
      actions={
        <OrderLink to="/train" variant="primary">
          {t("train.title")}
        </OrderLink>
      }
    >
      <RunTable filter={runFilterOf(search)} onFilter={(filter) => setSearch(addressOf(filter), { replace: true })} />
    </Page>
  );
}
