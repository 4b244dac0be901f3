import { InvalidParameterError } from "./errors.ts";

/**
 * One page of what comes in ascending order of its position.
 * @param after the token of the page before; it names a position, so that changes in between lose nothing.
 * @throws InvalidParameterError when the token is none of this server's.
 */
export function page<T>(
  items: Iterable<T>,
  position: (item: T) => number,
  limit: number,
  after: string | undefined,
): { readonly items: readonly T[]; readonly next: string | undefined } {
  const from = after === undefined ? Number.NEGATIVE_INFINITY : readToken(after);
  const found: T[] = [];
  for (const item of items) {
    if (position(item) <= from) continue;
    if (found.length === limit) return { items: found, next: writeToken(position(found[limit - 1] as T)) };
    found.push(item);
  }
  return { items: found, next: undefined };
}

function writeToken(position: number): string {
  return Buffer.from(`after:${position}`, "utf8").toString("base64url");
}

function readToken(token: string): number {
  const [, digits] = /^after:(\d{1,15})$/.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (digits === undefined) throw new InvalidParameterError("Invalid pagination token given.");
  return Number(digits);
}
