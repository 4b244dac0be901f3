import type { AnnotationChange, Edit } from "@systemhealer/contract/annotations";
import { ConflictError } from "./errors.ts";

/** A change of what people write on a record, and whose it is. */
export interface Annotation extends AnnotationChange {
  readonly edited: Edit;
}

/** Somebody else has written on the record since it was looked at. */
export function editedMeanwhile(
  record: string,
  stored: { readonly revision?: number | undefined; readonly edited?: Edit | undefined },
): ConflictError {
  const { edited, revision = 0 } = stored;
  const by = { user: edited ? edited.email || edited.userId : "?", at: edited?.at ?? "?" };
  return new ConflictError("edited-meanwhile", { record, ...by, revision });
}
