import { readFileSync } from "node:fs";

export interface PublishedFile {
  /** Absolute path. */
  readonly path: string;
  readonly cacheControl?: string;
  /** What deployment writes into the file, by the mark that it replaces. */
  readonly marks: ReadonlyMap<string, string>;
}

/** Files by key in their bucket. */
export type PublishedFiles = ReadonlyMap<string, PublishedFile>;

export function readPublished({ path, marks }: PublishedFile): Buffer {
  const bytes = readFileSync(path);
  if (marks.size === 0) return bytes;
  let text = bytes.toString("utf8");
  for (const [mark, value] of marks) text = text.replaceAll(mark, value);
  return Buffer.from(text);
}
