import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { seenColour, visions } from "../../charts/colour-vision.ts";
import { slotsOf } from "../../charts/palette-choice.ts";
import type { Palettes } from "../../charts/palettes.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useIsDark } from "../../lib/preferences.ts";
import { ColourStrip } from "./ColourStrip.tsx";
import { useSlotName } from "./use-slot-name.ts";

/** Lengths of the bars of the example. */
const exampleValues = [64, 52, 43, 35, 28, 21, 15, 9];

/** A chart in the chosen colours, and the colours as other eyes see them. */
export function ColourPreview({ palettes }: { readonly palettes: Palettes }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const slotName = useSlotName();
  const colours = slotsOf(palettes[useIsDark() ? "dark" : "light"]);
  const colourOf = new Map(colours.map((colour, slot) => [slotName(slot), colour]));
  return (
    <ColumnLayout columns={2} minColumnWidth={280}>
      <FormField label={t("settings.preview")} stretch>
        <BarChart
          title={t("settings.preview")}
          bars={colours.map((_, slot) => ({ name: slotName(slot), value: exampleValues[slot] ?? 1 }))}
          format={formats.integer}
          colourOf={(name) => colourOf.get(name) ?? colours[0]!}
        />
      </FormField>
      <FormField label={t("settings.seenAs")} stretch>
        <SpaceBetween size="s">
          {visions.map((vision) => (
            <div key={vision}>
              <div>{t(`settings.vision.${vision}`)}</div>
              <ColourStrip colours={colours.map((colour) => seenColour(colour, vision))} />
            </div>
          ))}
        </SpaceBetween>
      </FormField>
    </ColumnLayout>
  );
}
