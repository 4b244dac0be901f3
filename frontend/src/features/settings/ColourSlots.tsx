import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useTranslation } from "react-i18next";
import { contrast, groundColours, leastContrast } from "../../charts/colour-vision.ts";
import type { Ground } from "../../charts/palette.ts";
import { grounds, type PaletteChoice, palettesOf, slotsOf, withSlot } from "../../charts/palette-choice.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSlotName } from "./use-slot-name.ts";

export interface ColourSlotsProps {
  readonly choice: PaletteChoice;
  readonly onChange: (choice: PaletteChoice) => void;
}

/** Every colour of a palette, to be changed for each ground. */
export function ColourSlots({ choice, onChange }: ColourSlotsProps) {
  const slotName = useSlotName();
  const palettes = palettesOf(choice);
  return (
    <ul className="colour-slots">
      {slotsOf(palettes.light).map((_, slot) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a slot is its place
        <li key={slot}>
          <span className="name">{slotName(slot)}</span>
          {grounds.map((ground) => (
            <ColourSlot
              key={ground}
              name={slotName(slot)}
              ground={ground}
              colour={slotsOf(palettes[ground])[slot]!}
              onChange={(colour) => onChange(withSlot(choice, ground, slot, colour))}
            />
          ))}
        </li>
      ))}
    </ul>
  );
}

interface ColourSlotProps {
  readonly name: string;
  readonly ground: Ground;
  readonly colour: string;
  readonly onChange: (colour: string) => void;
}

function ColourSlot({ name, ground, colour, onChange }: ColourSlotProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ratio = contrast(colour, groundColours[ground]);
  const isEnough = ratio >= leastContrast;
  const place = t(ground === "light" ? "settings.onLight" : "settings.onDark");
  return (
    <span className="colour-slot">
      <span className={`ground ${ground}`}>
        <input
          type="color"
          aria-label={t("settings.slotOn", { slot: name, ground: place })}
          value={colour}
          onChange={({ target }) => onChange(target.value)}
        />
      </span>
      <StatusIndicator
        type={isEnough ? "success" : "warning"}
        iconAriaLabel={t(isEnough ? "settings.enough" : "settings.faint")}
      >
        {t("settings.ratio", { ratio: formats.number(Math.floor(ratio * 10) / 10) })}
      </StatusIndicator>
    </span>
  );
}
