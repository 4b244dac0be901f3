import Button from "@cloudscape-design/components/button";
import { useTranslation } from "react-i18next";
import { setPreferences, usePreferences, usualPreferences } from "../../lib/preferences.ts";
import { Page } from "../../ui/Page.tsx";
import { useReversible } from "../../ui/use-reversible.ts";
import { ColourSettings } from "./ColourSettings.tsx";
import { DisplaySettings } from "./DisplaySettings.tsx";
import { LayoutSettings } from "./LayoutSettings.tsx";
import { UnitSettings } from "./UnitSettings.tsx";

/** What a person can have otherwise in the portal; nothing of it concerns others. */
export function SettingsPage() {
  const { t } = useTranslation();
  const reversible = useReversible();
  const former = usePreferences();
  const reset = () => {
    const own = { palette: undefined, units: undefined, resultLayout: undefined, resultView: undefined };
    setPreferences({ ...usualPreferences, ...own });
    reversible({
      doneText: t("settings.resetDone"),
      undoneText: t("common.undone"),
      revert: async () => setPreferences(former),
    });
  };
  return (
    <Page
      title={t("settings.title")}
      description={t("settings.kept")}
      actions={<Button onClick={reset}>{t("settings.resetAll")}</Button>}
    >
      <DisplaySettings />
      <ColourSettings />
      <UnitSettings />
      <LayoutSettings />
    </Page>
  );
}
