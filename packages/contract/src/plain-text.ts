import { z } from "zod";

/**
 * Characters that steer how a text is shown and are no part of it: control characters, line and paragraph separators,
 * and what embeds, overrides or isolates a direction of writing (Unicode TR 9), by which one name is made to look like
 * another.
 */
const steering = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069";
const everySteering = new RegExp(`[${steering}]`, "g");
const line = new RegExp(`^[^${steering}]*$`);
/** Tabs and line ends may be there. */
const lines = new RegExp(`^(?:[^${steering}]|[\\t\\n\\r])*$`);

/** Text that UTF-8 can carry: half a surrogate pair is replaced. */
const wellFormed = (text: string): string => text.toWellFormed();

/** A name or another text of one line that people write. */
export const PlainLine = z.string().overwrite(wellFormed).regex(line);
/** The same without blanks around it. */
export const TrimmedLine = z.string().overwrite(wellFormed).trim().regex(line);
/** A text of several lines that people write. */
export const PlainText = z.string().overwrite(wellFormed).regex(lines);

export function isPlainLine(text: string): boolean {
  return line.test(text);
}

/** For texts of files and servers that are shown where they could steer something. */
export function withoutSteering(text: string, replacement: string): string {
  return text.replace(everySteering, replacement);
}
