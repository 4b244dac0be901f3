import { useMemo } from "react";
import { createFormats, type Formats } from "../lib/format.ts";
import { localeOf, useLanguage } from "./language.ts";

export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => createFormats(localeOf[language]), [language]);
}
