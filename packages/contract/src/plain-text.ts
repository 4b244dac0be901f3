import { z } from "zod";
import { steering } from "./visible.ts";

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
