import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useTranslation } from "react-i18next";
import { choiceOf, isChanged, palettesOf, slotsOf, usualChoice } from "../../charts/palette-choice.ts";
import { type PaletteName, paletteNames, palettes } from "../../charts/palettes.ts";
import { setPreferences, useIsDark, usePreferences } from "../../lib/preferences.ts";
import { useReversible } from "../../ui/use-reversible.ts";
import { ColourFindings } from "./ColourFindings.tsx";
import { ColourPreview } from "./ColourPreview.tsx";
import { ColourSlots } from "./ColourSlots.tsx";
import { ColourStrip } from "./ColourStrip.tsx";
import "./settings.css";

/** The colours of charts: a palette, and single colours of it. */
export function ColourSettings() {
  const { t } = useTranslation();
  const isDark = useIsDark();
  const reversible = useReversible();
  const choice = choiceOf(usePreferences().palette);
  const ground = isDark ? "dark" : "light";
  const reset = () => {
    setPreferences({ palette: { ...usualChoice, name: choice.name } });
    reversible({
      doneText: t("settings.coloursReset"),
      undoneText: t("common.undone"),
      revert: async () => setPreferences({ palette: choice }),
    });
  };
  return (
    <Container
      header={
        <Header variant="h2" description={t("settings.coloursHint")}>
          {t("settings.colours")}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FormField label={t("settings.palette")} stretch>
          <Tiles
            columns={4}
            value={choice.name}
            items={paletteNames.map((name) => ({
              value: name,
              label: t(`settings.palettes.${name}`),
              description: t(`settings.paletteHint.${name}`),
              image: <ColourStrip colours={slotsOf(palettes[name][ground])} />,
            }))}
            onChange={({ detail }) =>
              setPreferences({ palette: { ...usualChoice, name: detail.value as PaletteName } })
            }
          />
        </FormField>
        <ColourPreview palettes={palettesOf(choice)} />
        <ColourFindings palettes={palettesOf(choice)} />
        <ExpandableSection
          headerText={t("settings.edit")}
          headerDescription={t("settings.editHint")}
          defaultExpanded={isChanged(choice)}
        >
          <SpaceBetween size="m">
            <ColourSlots choice={choice} onChange={(palette) => setPreferences({ palette })} />
            <Button disabled={!isChanged(choice)} onClick={reset}>
              {t("settings.resetColours")}
            </Button>
          </SpaceBetween>
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
