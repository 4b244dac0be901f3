import { pluralForm } from "@systemhealer/contract/messages/plural";
import { visible } from "@systemhealer/contract/visible";
import type { FormatterModule } from "i18next";

/** Whatever name stands in a text, nothing in it steers how the text is shown. */
export const shownSafely = { escapeValue: true, escape: visible };

/** In texts, `{{rows, row|rows}}` is the word that goes with the number of rows. */
export const wordForms: FormatterModule = {
  type: "formatter",
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value, forms) => (forms ? pluralForm(String(value), forms) : String(value)),
};
