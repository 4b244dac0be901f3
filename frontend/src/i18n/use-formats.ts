import { useMemo } from "react";
import { createFormats, type Formats } from "../lib/format.ts";
import { usePreferences } from "../lib/preferences.ts";
import { unitsOf } from "../lib/units.ts";
import { localeOf, useLanguage } from "./language.ts";

export function useFormats(): Formats {
  const language = useLanguage();
  const { units } = usePreferences();
  return useMemo(() => createFormats(localeOf[language], unitsOf(units)), [language, units]);
}
