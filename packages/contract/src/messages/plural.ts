const english = new Intl.PluralRules("en");

/**
 * The word that goes with a number, as in `{rows} {rows, row|rows}`; Chinese needs none.
 * @param number as it is written in the sentence
 * @param forms for one, and for any other number, with a bar between
 */
export function pluralForm(number: string | number, forms: string): string {
  const [one = "", other = one] = forms.split("|");
  // "1.0" is no plain one.
  const whole = /^\d+$/.test(String(number)) ? Number(number) : Number.NaN;
  return english.select(whole) === "one" ? one : other;
}
