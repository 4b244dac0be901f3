import { maxTagCharacters, maxTags } from "@systemhealer/contract/annotations";

export type TagProblem = { readonly code: "tooManyTags" } | { readonly code: "tagTooLong"; readonly tag: string };

/** The tags of a line with commas between, each once; Chinese commas too. */
export function tagsOf(line: string): string[] {
  const tags = line.split(/[,，、]/).map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== "");
}

/** What is wrong with tags; undefined where nothing is. */
export function tagProblem(tags: readonly string[]): TagProblem | undefined {
  const tag = tags.find((text) => text.length > maxTagCharacters);
  if (tag !== undefined) return { code: "tagTooLong", tag };
  return tags.length > maxTags ? { code: "tooManyTags" } : undefined;
}

/** The tags of a record with others added, each once. */
export const withTags = (own: readonly string[], added: readonly string[]): string[] => [
  ...new Set([...own, ...added]),
];
