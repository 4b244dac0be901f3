import { useTranslation } from "react-i18next";
import { useAddressFilter } from "../../lib/use-address-filter.ts";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Page } from "../../ui/Page.tsx";
import { RunTable } from "./RunTable.tsx";
import { addressOf, runFilterOf } from "./run-filter.ts";

export function RunsPage() {
  const { t } = useTranslation();
  const [filter, changeFilter] = useAddressFilter(runFilterOf, addressOf);
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
      <RunTable filter={filter} onFilter={changeFilter} />
    </Page>
  );
}
