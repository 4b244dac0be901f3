import Select from "@cloudscape-design/components/select";
import { runStatuses } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Page } from "../../ui/Page.tsx";
import { RunTable } from "./RunTable.tsx";
import "./runs.css";

export function RunsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const status = runStatuses.find((known) => known === search.get("status"));
  const label = (value: string) => {
    const known = runStatuses.find((entry) => entry === value);
    return known ? t(`runs.status.${known}`) : t("runs.all");
  };
  return (
    <Page
      title={t("runs.title")}
      description={t("runs.description")}
      actions={
        <LinkButton to="/train" variant="primary">
          {t("train.title")}
        </LinkButton>
      }
    >
      <RunTable
        key={status ?? "all"}
        status={status}
        filter={
          <div className="run-filter">
            <Select
              ariaLabel={t("runs.filter")}
              inlineLabelText={t("runs.filter")}
              selectedOption={{ value: status ?? "all", label: label(status ?? "all") }}
              options={["all", ...runStatuses].map((value) => ({ value, label: label(value) }))}
              onChange={({ detail }) => {
                const { value = "all" } = detail.selectedOption;
                setSearch(value === "all" ? {} : { status: value }, { replace: true });
              }}
            />
          </div>
        }
      />
    </Page>
  );
}
