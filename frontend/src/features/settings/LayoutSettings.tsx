import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import List from "@cloudscape-design/components/list";
import Toggle from "@cloudscape-design/components/toggle";
import { useTranslation } from "react-i18next";
import { setPreferences, usePreferences } from "../../lib/preferences.ts";
import { isAlwaysShown, layoutOf, type PlacedPanel } from "../../lib/result-layout.ts";

/** Order and visibility of the parts of the page that shows a diagnosis. */
export function LayoutSettings() {
  const { t } = useTranslation();
  const { resultLayout } = usePreferences();
  const layout = layoutOf(resultLayout);
  const keep = (changed: readonly PlacedPanel[]) => setPreferences({ resultLayout: changed });
  const show = (panel: string, isShown: boolean) =>
    keep(layout.map((placed) => (placed.panel === panel ? { ...placed, isShown } : placed)));
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t("settings.layoutHint")}
          actions={
            <Button disabled={resultLayout === undefined} onClick={() => setPreferences({ resultLayout: undefined })}>
              {t("settings.resetLayout")}
            </Button>
          }
        >
          <span id="result-page">{t("settings.layout")}</span>
        </Header>
      }
    >
      <List
        sortable
        ariaLabel={t("settings.layout")}
        items={layout}
        onSortingChange={({ detail }) => keep(detail.items)}
        renderItem={({ panel, isShown }) => {
          const name = t(`settings.panels.${panel}`);
          return {
            id: panel,
            content: name,
            secondaryContent: t(`settings.panelHint.${panel}`),
            actions: (
              <Toggle
                checked={isShown}
                disabled={isAlwaysShown(panel)}
                ariaLabel={t("settings.show", { panel: name })}
                onChange={({ detail }) => show(panel, detail.checked)}
              />
            ),
          };
        }}
      />
    </Container>
  );
}
