import Select from "@cloudscape-design/components/select";
import TextFilter from "@cloudscape-design/components/text-filter";
import type { ModelView } from "@systemhealer/contract/model";
import { useTranslation } from "react-i18next";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { type ModelFilter, valuesOf } from "./model-list.ts";
import "./models.css";

export interface ModelFiltersProps {
  readonly models: readonly ModelView[];
  readonly filter: ModelFilter;
  readonly onChange: (filter: ModelFilter) => void;
}

export function ModelFilters({ models, filter, onChange }: ModelFiltersProps) {
  const { t } = useTranslation();
  const { option } = useSettingTexts();
  const learners = valuesOf(models, ({ learner }) => [learner]);
  const tags = valuesOf(models, (model) => model.tags);
  return (
    <div className="model-filters">
      <div className="model-filters-text">
        <TextFilter
          filteringText={filter.text}
          filteringAriaLabel={t("models.search")}
          filteringPlaceholder={t("models.search")}
          onChange={({ detail }) => onChange({ ...filter, text: detail.filteringText })}
        />
      </div>
      <Choice
        label={t("models.filterLearner")}
        any={t("models.anyLearner")}
        values={learners}
        nameOf={option}
        value={filter.learner}
        onChange={(learner) => onChange({ ...filter, learner })}
      />
      {tags.length > 0 && (
        <Choice
          label={t("models.filterTag")}
          any={t("models.anyTag")}
          values={tags}
          nameOf={(tag) => tag}
          value={filter.tag}
          onChange={(tag) => onChange({ ...filter, tag })}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly any: string;
  readonly values: readonly string[];
  readonly nameOf: (value: string) => string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function Choice({ label, any, values, nameOf, value, onChange }: ChoiceProps) {
  const all = { value: "", label: any };
  return (
    <Select
      ariaLabel={label}
      selectedOption={value === undefined ? all : { value, label: nameOf(value) }}
      options={[all, ...values.map((name) => ({ value: name, label: nameOf(name) }))]}
      onChange={({ detail }) => onChange(detail.selectedOption.value || undefined)}
    />
  );
}
