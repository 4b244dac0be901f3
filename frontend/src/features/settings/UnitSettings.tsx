import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { localeOf, useLanguage } from "../../i18n/language.ts";
import { createFormats } from "../../lib/format.ts";
import { setPreferences, usePreferences } from "../../lib/preferences.ts";
import { type Units, unitChoices, unitsOf } from "../../lib/units.ts";
import { Choice } from "./Choice.tsx";

/** What the examples show. */
const exampleBytes = 7_340_032;
const exampleSeconds = 83.25;
const exampleNumber = 1_234_567;

/** Units of figures, each with what it makes of an example. */
export function UnitSettings() {
  const { t } = useTranslation();
  const language = useLanguage();
  const units = unitsOf(usePreferences().units);
  const [now] = useState(() => new Date().toISOString());
  const formatsWith = (change: Partial<Units>) => createFormats(localeOf[language], { ...units, ...change });
  const choose = (change: Partial<Units>) => setPreferences({ units: { ...units, ...change } });
  return (
    <Container header={<Header variant="h2">{t("settings.units")}</Header>}>
      <ColumnLayout columns={4} minColumnWidth={200}>
        <Choice
          label={t("settings.bytes")}
          value={units.bytes}
          options={unitChoices.bytes.map((bytes) => ({
            value: bytes,
            label: t(`settings.bytesOptions.${bytes}`),
            example: formatsWith({ bytes }).bytes(exampleBytes),
          }))}
          onChange={(bytes) => choose({ bytes })}
        />
        <Choice
          label={t("settings.durations")}
          value={units.durations}
          options={unitChoices.durations.map((durations) => ({
            value: durations,
            label: t(`settings.durationsOptions.${durations}`),
            example: formatsWith({ durations }).duration(exampleSeconds),
          }))}
          onChange={(durations) => choose({ durations })}
        />
        <Choice
          label={t("settings.grouping")}
          value={units.grouping}
          options={unitChoices.grouping.map((grouping) => ({
            value: grouping,
            label: t(`settings.groupingOptions.${grouping}`),
            example: formatsWith({ grouping }).integer(exampleNumber),
          }))}
          onChange={(grouping) => choose({ grouping })}
        />
        <Choice
          label={t("settings.zone")}
          value={units.zone}
          options={unitChoices.zone.map((zone) => ({
            value: zone,
            label: t(`settings.zoneOptions.${zone}`),
            example: formatsWith({ zone }).time(now),
          }))}
          onChange={(zone) => choose({ zone })}
        />
      </ColumnLayout>
    </Container>
  );
}
