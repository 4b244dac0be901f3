import { noSuchKey, preconditionFailed } from "../s3-error.ts";
import type { ObjectRecord } from "./object-record.ts";

/** What must hold of the present object for a write to take place. */
export type WriteCondition =
  | { readonly kind: "none" }
  | { readonly kind: "absent" }
  | { readonly kind: "etag"; readonly etag: string };

/** Throws `S3Error` PreconditionFailed, or NoSuchKey where an object was to be there. */
export function checkWriteCondition(condition: WriteCondition, key: string, present: ObjectRecord | undefined): void {
  switch (condition.kind) {
    case "none":
      return;
    case "absent":
      if (present) throw preconditionFailed("If-None-Match");
      return;
    case "etag":
      if (!present) throw noSuchKey(key);
      if (condition.etag !== "*" && condition.etag !== present.etag) throw preconditionFailed("If-Match");
  }
}
