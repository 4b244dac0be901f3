import { useMemo } from "react";
import { useTranslation } from "react-i18next";

export interface SettingTexts {
  /** What a setting of a training is called; the API's own name where the texts have none yet. */
  field(name: string): string;
  /** What a setting does, in a sentence. */
  help(name: string): string | undefined;
  /** What a choice of a setting is called, a learner too. */
  option(name: string): string;
}

/** Texts by names that come from the contract; a name that is newer than the texts stands for itself. */
export function useSettingTexts(): SettingTexts {
  const { t } = useTranslation();
  return useMemo(() => {
    const section = (name: "fields" | "help" | "options") =>
      t(`train.${name}`, { returnObjects: true }) as unknown as Readonly<Record<string, string>>;
    const [fields, help, options] = [section("fields"), section("help"), section("options")];
    return {
      field: (name) => fields[name] ?? name,
      help: (name) => help[name],
      option: (name) => options[name] ?? name,
    };
  }, [t]);
}
