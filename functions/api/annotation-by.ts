import type { AnnotationChange } from "@systemhealer/contract/annotations";
import type { Annotation } from "@systemhealer/domain/annotation";
import type { Caller } from "../http/caller.ts";

export function annotationBy({ userId, email }: Caller, change: AnnotationChange, at: Date): Annotation {
  return { ...change, edited: { userId, email, at: at.toISOString() } };
}
