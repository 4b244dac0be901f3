/**
 * Characters that steer how a text is shown and are no part of it: control characters, line and paragraph separators,
 * and what embeds, overrides or isolates a direction of writing (Unicode TR 9), by which one name is made to look like
 * another.
 */
export const steering = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069";
const everySteering = new RegExp(`[${steering}]`, "g");

/** For names of files: what steers is replaced. */
export function withoutSteering(text: string, replacement: string): string {
  return text.replace(everySteering, replacement);
}

/** Characters that take no room, by which two names that look alike differ. */
const unseen =
  "\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180e\\u200b\\u200e\\u200f\\u2060-\\u206f\\u3164\\ufeff\\uffa0\\ufff9-\\ufffb";
/** Joiners belong to the signs of some scripts and of emoji; anywhere else they are not seen. */
const joined = "\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\p{sc=Arab}\\p{sc=Syrc}\\p{sc=Nkoo}\\p{sc=Mong}";
const everyHidden = new RegExp(
  `[${steering}${unseen}\\u{e0000}-\\u{e007f}\\p{Cs}]|(?<![${joined}])[\\u200c\\u200d]`,
  "gu",
);

/**
 * A name out of a file or of a server as it is shown to people: what would steer how it is shown, or not be seen, stands
 * there by its code point, as ⟨U+202E⟩. Shown twice it stays the same.
 */
export function visible(text: string): string {
  return text.replace(everyHidden, (sign) => `⟨U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** JSON that steers no terminal either: the same value, with escapes where `JSON.stringify` leaves signs as they are. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(
    everySteering,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
