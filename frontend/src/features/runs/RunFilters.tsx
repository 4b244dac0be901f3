import { RunKind, runStatuses } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import type { RunFilter } from "../../lib/queries.ts";
import type { FilterPart } from "../../lib/use-address-filter.ts";
import { FilterChoice } from "../../ui/FilterChoice.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import "./runs.css";

export interface RunFiltersProps {
  readonly filter: RunFilter;
  /** Tags that can be chosen. */
  readonly tags: readonly string[];
  readonly onChange: (part: FilterPart<RunFilter>) => void;
}

/** Name, kind, status and tag of the runs that are wanted. */
export function RunFilters({ filter, tags, onChange }: RunFiltersProps) {
  const { t } = useTranslation();
  return (
    <div className="run-filters">
      <div className="run-filters-text">
        <SearchField
          label={t("runs.search")}
          search={filter.search ?? ""}
          onChange={(search) => onChange({ search: search || undefined })}
        />
      </div>
      <FilterChoice
        label={t("runs.kindLabel")}
        any={t("runs.anyKind")}
        values={RunKind.options}
        nameOf={(kind) => t(`runs.kind.${kind}`)}
        value={filter.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterChoice
        label={t("runs.filter")}
        any={t("runs.anyStatus")}
        values={runStatuses}
        nameOf={(status) => t(`runs.status.${status}`)}
        value={filter.status}
        onChange={(status) => onChange({ status })}
      />
      {tags.length > 0 && (
        <FilterChoice
          label={t("runs.filterTag")}
          any={t("runs.anyTag")}
          values={tags}
          nameOf={(tag) => tag}
          value={filter.tag}
          onChange={(tag) => onChange({ tag })}
        />
      )}
    </div>
  );
}
