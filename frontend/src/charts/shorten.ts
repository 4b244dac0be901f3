import { visible } from "@systemhealer/contract/visible";

/** Signs of East Asian scripts are as wide as two letters, about. */
const wideSign = 1.8;
const firstWide = 0x2e80;

const widthOf = (sign: string): number => ((sign.codePointAt(0) ?? 0) >= firstWide ? wideSign : 1);

/** How many letters are as wide as the text. */
export function lettersOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + widthOf(sign), 0);
}

/**
 * Labels of an axis as they are shown, cut to a width. Names of KPIs and classes often differ at their ends, so the middle is left out.
 *
 * @param longest letters
 */
export function shorten(longest: number): (name: unknown) => string {
  const head = Math.ceil((longest - 1) / 3);
  return (name) => {
    const text = visible(String(name));
    if (lettersOf(text) <= longest) return text;
    const signs = [...text];
    const end = beginning(signs.toReversed(), longest - 1 - head).toReversed();
    return `${beginning(signs, head).join("")}…${end.join("")}`;
  };
}

/** The first signs that have room. */
function beginning(signs: readonly string[], room: number): readonly string[] {
  let left = room;
  const end = signs.findIndex((sign) => {
    left -= widthOf(sign);
    return left < 0;
  });
  return end < 0 ? signs : signs.slice(0, end);
}
