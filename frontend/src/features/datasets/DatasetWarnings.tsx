import Alert from "@cloudscape-design/components/alert";
import { findingMessage } from "@systemhealer/contract/messages/message";
import type { Finding } from "@systemhealer/contract/validation-report";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../i18n/language.ts";
import { useFormats } from "../../i18n/use-formats.ts";

const mostShown = 10;

/** What of a file a training will leave out. */
export function DatasetWarnings({ warnings }: { readonly warnings: readonly Finding[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const language = useLanguage();
  const more = warnings.length - mostShown;
  return (
    <Alert type="warning" header={t("data.warningsTitle")} statusIconAriaLabel={t("common.warning")}>
      <ul>
        {warnings.slice(0, mostShown).map((warning) => (
          <li key={warning.row}>{findingMessage(warning, language)}</li>
        ))}
      </ul>
      {more > 0 && t("data.omitted", { number: formats.integer(more) })}
    </Alert>
  );
}
