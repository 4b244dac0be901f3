import Badge from "@cloudscape-design/components/badge";
import type { TableProps } from "@cloudscape-design/components/table";
import type { ModelView } from "@systemhealer/contract/model";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { ListName } from "../../ui/ListName.tsx";
import { TagList } from "../../ui/TagList.tsx";
import { rowsOf } from "./model-list.ts";
import "./models.css";

export function useModelColumns(): TableProps.ColumnDefinition<ModelView>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const { option } = useSettingTexts();
  return [
    {
      id: "name",
      header: t("common.name"),
      sortingField: "name",
      isRowHeader: true,
      minWidth: 180,
      cell: ({ modelId, name, active }) => (
        <span className="model-badges">
          <ListName to={`/models/${modelId}`} name={name} />
          {active && <Badge color="green">{t("models.active")}</Badge>}
        </span>
      ),
    },
    {
      id: "learner",
      header: t("models.learner"),
      sortingField: "learner",
      minWidth: 120,
      cell: ({ learner }) => option(learner),
    },
    {
      id: "macroF1",
      header: t("models.macroF1"),
      sortingField: "macroF1",
      minWidth: 100,
      cell: ({ macroF1, adaptation }) => (adaptation?.expectedAccuracy ? t("common.none") : formats.number(macroF1)),
    },
    {
      id: "accuracy",
      header: t("models.accuracy"),
      sortingField: "accuracy",
      minWidth: 100,
      cell: ({ accuracy, adaptation }) =>
        adaptation?.expectedAccuracy ? (
          <span title={t("models.estimated")}>{t("models.about", { value: formats.percent(accuracy) })}</span>
        ) : (
          formats.percent(accuracy)
        ),
    },
    {
      id: "rows",
      header: t("models.fileRows"),
      sortingField: "rows",
      minWidth: 110,
      cell: (model) => (model.origin === "imported" ? t("models.imported") : formats.integer(rowsOf(model))),
    },
    {
      id: "trained",
      header: t("models.trained"),
      sortingField: "trained",
      minWidth: 190,
      cell: ({ createdAt }) => formats.time(createdAt),
    },
    {
      id: "tags",
      header: t("models.tags"),
      minWidth: 180,
      cell: ({ tags = [] }) => (tags.length === 0 ? t("common.none") : <TagList tags={tags} />),
    },
  ];
}
