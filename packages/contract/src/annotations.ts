import { z } from "zod";
import { Timestamp } from "./ids.ts";
import { PlainText, TrimmedLine } from "./plain-text.ts";

export const maxNotesCharacters = 5_000;
export const maxTags = 20;
export const maxTagCharacters = 40;

export const Tag = TrimmedLine.min(1).max(maxTagCharacters);
export type Tag = z.infer<typeof Tag>;

/** Each tag once, in the order given. */
const Tags = z
  .array(Tag)
  .max(maxTags)
  .overwrite((tags) => [...new Set(tags)]);

/** Records may be older than the rule of what a tag may hold. */
const StoredTag = z.string().trim().min(1).max(maxTagCharacters);

/** The last change of a record's name, notes or tags by a person. */
export const Edit = z.object({ userId: z.string(), email: z.string(), at: Timestamp });
export type Edit = z.infer<typeof Edit>;

/**
 * What people write on a data set, model or run, beside its name. Not part of the record's `version`: work on the record
 * goes on while people write on it.
 */
export const annotations = {
  notes: z.string().min(1).max(maxNotesCharacters).optional(),
  tags: z.array(StoredTag).max(maxTags).optional(),
  /** How often people have changed name, notes or tags; absent: never. The lock of such changes. */
  revision: z.int().positive().optional(),
  edited: Edit.optional(),
};

/** A change of name, notes or tags; what is left out stays. Empty notes and an empty list of tags take them away. */
export const AnnotationChange = z.object({
  /** The `revision` that was seen, 0 where the record had none: the change is refused when somebody was quicker. */
  revision: z.int().nonnegative(),
  name: TrimmedLine.min(1).max(200).optional(),
  notes: PlainText.max(maxNotesCharacters).optional(),
  tags: Tags.optional(),
});
export type AnnotationChange = z.infer<typeof AnnotationChange>;
