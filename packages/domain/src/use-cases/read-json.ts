import type { Ports } from "../ports/ports.ts";

/** Longest JSON artefact that is read whole: a profile of some ten thousand columns. */
export const maxJsonBytes = 32 * 1024 ** 2;

/** A stored file is not what was written: no JSON, or of another shape. */
export class DamagedFileError extends Error {
  override readonly name = "DamagedFileError";
}

/**
 * An artefact as its schema says.
 * @throws NotFoundError; DamagedFileError; InvalidError when it is too large to be shown
 */
export async function readJson<T>(
  { objects }: Pick<Ports, "objects">,
  key: string,
  schema: { parse(value: unknown): T },
): Promise<T> {
  const bytes = await objects.readBytes(key, maxJsonBytes);
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new DamagedFileError(`${key} is damaged`, { cause });
  }
}
