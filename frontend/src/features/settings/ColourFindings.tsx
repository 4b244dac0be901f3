import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTranslation } from "react-i18next";
import { alikePairs, contrast, groundColours, leastContrast } from "../../charts/colour-vision.ts";
import type { Ground } from "../../charts/palette.ts";
import { grounds, slotsOf } from "../../charts/palette-choice.ts";
import type { Palettes } from "../../charts/palettes.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { useSlotName } from "./use-slot-name.ts";

const mostNamed = 6;

/** Colours that are too faint for their ground, and pairs that some eyes take for each other. */
export function ColourFindings({ palettes }: { readonly palettes: Palettes }) {
  const { t } = useTranslation();
  const lists = useLists();
  const slotName = useSlotName();
  const place = (ground: Ground) => t(ground === "light" ? "settings.onLight" : "settings.onDark");
  const faint = grounds.flatMap((ground) =>
    slotsOf(palettes[ground]).flatMap((colour, slot) =>
      contrast(colour, groundColours[ground]) < leastContrast
        ? [t("settings.slotOn", { slot: slotName(slot), ground: place(ground) })]
        : [],
    ),
  );
  const alike = grounds.flatMap((ground) =>
    alikePairs(slotsOf(palettes[ground])).map(({ one, other, vision }) =>
      t("settings.alikeText", {
        one: slotName(one),
        other: slotName(other),
        ground: place(ground),
        vision: t(`settings.vision.${vision}`),
      }),
    ),
  );
  if (faint.length + alike.length === 0) return null;
  return (
    <SpaceBetween size="s">
      {faint.length > 0 && (
        <Alert type="warning" header={t("settings.faintTitle")} statusIconAriaLabel={t("common.warning")}>
          {t("settings.faintText", { slots: lists.names(faint) })}
        </Alert>
      )}
      {alike.length > 0 && (
        <Alert type="warning" header={t("settings.alikeTitle")} statusIconAriaLabel={t("common.warning")}>
          <ul className="colour-findings">
            {alike.slice(0, mostNamed).map((text) => (
              <li key={text}>{text}</li>
            ))}
            {alike.length > mostNamed && <li>…</li>}
          </ul>
        </Alert>
      )}
    </SpaceBetween>
  );
}
