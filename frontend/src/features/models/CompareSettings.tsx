import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import Toggle from "@cloudscape-design/components/toggle";
import { visible } from "@systemhealer/contract/visible";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import type { ComparedModel } from "./compared.ts";
import { type SettingRow, settingRows } from "./settings-rows.ts";
import { useSettingValue } from "./use-setting-value.ts";
import "./models.css";

/** How the trainings were ordered, with what differs marked. */
export function CompareSettings({ compared }: { readonly compared: readonly ComparedModel[] }) {
  const { t } = useTranslation();
  const { field } = useSettingTexts();
  const inWords = useSettingValue();
  const [onlyDifferences, setOnly] = useState(true);
  const rows = settingRows(compared.map(({ model }) => model.settings));
  return (
    <Table
      trackBy="name"
      wrapLines
      items={rows.filter(({ differs }) => differs || !onlyDifferences)}
      ariaLabels={{ tableLabel: t("models.settings") }}
      header={<Header variant="h2">{t("models.settings")}</Header>}
      filter={
        <Toggle checked={onlyDifferences} onChange={({ detail }) => setOnly(detail.checked)}>
          {t("models.onlyDifferences")}
        </Toggle>
      }
      empty={<Box textAlign="center">{t("models.sameSettings")}</Box>}
      columnDefinitions={[
        {
          id: "setting",
          header: t("models.setting"),
          isRowHeader: true,
          minWidth: 150,
          cell: ({ name, differs }) => (
            <span className="model-badges">
              {field(name)}
              {differs && <Badge color="blue">{t("models.differs")}</Badge>}
            </span>
          ),
        },
        ...compared.map(({ model, name }, index) => ({
          id: model.modelId,
          header: visible(name),
          minWidth: 130,
          cell: ({ values, differs }: SettingRow) => (
            <Box fontWeight={differs ? "bold" : "normal"}>{inWords(values[index])}</Box>
          ),
        })),
      ]}
    />
  );
}
