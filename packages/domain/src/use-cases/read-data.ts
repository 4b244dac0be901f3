import type { DatasetIn } from "@systemhealer/contract/dataset";
import { ConflictError, NotFoundError } from "../errors.ts";
import type { StoredObject } from "../ports/object-store.ts";
import type { Ports } from "../ports/ports.ts";

/**
 * The uncompressed bytes of a data set, as they were checked.
 * @param range bytes `from` to `to`, `to` exclusive
 * @throws ConflictError `data-changed` when the file is another one, or gone
 */
export async function readData(
  { objects }: Pick<Ports, "objects">,
  { dataKey, objectKey, etag }: DatasetIn<"ready">,
  range?: readonly [from: number, to: number],
): Promise<StoredObject> {
  try {
    return await objects.read(dataKey, { ...(range && { range }), ...(dataKey === objectKey && { etag }) });
  } catch (cause) {
    if (cause instanceof NotFoundError) throw new ConflictError("data-changed", {}, { cause });
    throw cause;
  }
}
