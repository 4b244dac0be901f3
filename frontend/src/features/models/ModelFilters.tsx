import type { ModelView } from "@systemhealer/contract/model";
import { useTranslation } from "react-i18next";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import type { FilterPart } from "../../lib/use-address-filter.ts";
import { FilterChoice } from "../../ui/FilterChoice.tsx";
import { SearchField } from "../../ui/SearchField.tsx";
import { type ModelFilter, modelKinds, modelStates, valuesOf } from "./model-list.ts";
import "./models.css";

export interface ModelFiltersProps {
  readonly models: readonly ModelView[];
  readonly filter: ModelFilter;
  readonly onChange: (part: FilterPart<ModelFilter>) => void;
}

export function ModelFilters({ models, filter, onChange }: ModelFiltersProps) {
  const { t } = useTranslation();
  const { option } = useSettingTexts();
  const learners = valuesOf(models, ({ learner }) => [learner]);
  const tags = valuesOf(models, (model) => model.tags);
  return (
    <div className="model-filters">
      <div className="model-filters-text">
        <SearchField label={t("models.search")} search={filter.text} onChange={(text) => onChange({ text })} />
      </div>
      <FilterChoice
        label={t("models.filterLearner")}
        any={t("models.anyLearner")}
        values={learners}
        nameOf={option}
        value={filter.learner}
        onChange={(learner) => onChange({ learner })}
      />
      <FilterChoice
        label={t("models.filterKind")}
        any={t("models.anyKind")}
        values={modelKinds}
        nameOf={(kind) => t(`models.kind.${kind}`)}
        value={filter.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterChoice
        label={t("models.filterState")}
        any={t("models.anyState")}
        values={modelStates}
        nameOf={(state) => t(`models.state.${state}`)}
        value={filter.state}
        onChange={(state) => onChange({ state })}
      />
      {tags.length > 0 && (
        <FilterChoice
          label={t("models.filterTag")}
          any={t("models.anyTag")}
          values={tags}
          nameOf={(tag) => tag}
          value={filter.tag}
          onChange={(tag) => onChange({ tag })}
        />
      )}
    </div>
  );
}
