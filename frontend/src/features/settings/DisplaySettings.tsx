import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useTranslation } from "react-i18next";
import { languageNames, setLanguage, useLanguage } from "../../i18n/language.ts";
import { setPreferences, usePreferences } from "../../lib/preferences.ts";
import { notify } from "../../ui/notifications.tsx";
import { Choice } from "./Choice.tsx";

export function DisplaySettings() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { scheme, density } = usePreferences();
  const onLost = () => notify({ type: "error", text: t("common.noConnection") });
  return (
    <Container header={<Header variant="h2">{t("settings.display")}</Header>}>
      <ColumnLayout columns={3} minColumnWidth={200}>
        <Choice
          label={t("nav.language")}
          value={language}
          options={(["zh", "en"] as const).map((value) => ({ value, label: languageNames[value] }))}
          onChange={(value) => void setLanguage(value).catch(onLost)}
        />
        <Choice
          label={t("settings.theme")}
          value={scheme}
          options={(["system", "light", "dark"] as const).map((value) => ({
            value,
            label: t(`preferences.${value}`),
          }))}
          onChange={(value) => setPreferences({ scheme: value })}
        />
        <Choice
          label={t("preferences.density")}
          value={density}
          options={(["comfortable", "compact"] as const).map((value) => ({ value, label: t(`preferences.${value}`) }))}
          onChange={(value) => setPreferences({ density: value })}
        />
      </ColumnLayout>
    </Container>
  );
}
