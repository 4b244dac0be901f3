import type { KeyIndex } from "../storage/key-index.ts";
import { compareKeys } from "../storage/key-order.ts";
import type { ObjectRecord } from "../storage/object-record.ts";

export interface ListingQuery {
  readonly prefix: string;
  /** Empty for none. */
  readonly delimiter: string;
  /** Listing goes on after this key or common prefix; empty for the beginning. */
  readonly after: string;
  readonly maxKeys: number;
}

export interface Listing {
  readonly objects: readonly ObjectRecord[];
  readonly commonPrefixes: readonly string[];
  /** Key or common prefix to go on after; undefined at the end. */
  readonly next: string | undefined;
}

/** One page of a bucket's keys. Keys that share a common prefix are leapt over, so that a page costs what it holds. */
export function listKeys(index: KeyIndex, query: ListingQuery): Listing {
  const { prefix, delimiter, maxKeys } = query;
  const objects: ObjectRecord[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  let key = firstKey(index, query);
  while (key?.startsWith(prefix)) {
    if (objects.length + commonPrefixes.length >= maxKeys) {
      return { objects, commonPrefixes, next: maxKeys === 0 ? undefined : last };
    }
    const common = commonPrefixOf(key, prefix, delimiter);
    if (common !== undefined) {
      commonPrefixes.push(common);
      last = common;
      key = index.nextPastPrefix(common);
    } else {
      objects.push(index.get(key)!);
      last = key;
      key = index.next(key, true);
    }
  }
  return { objects, commonPrefixes, next: undefined };
}

function firstKey(index: KeyIndex, { prefix, delimiter, after }: ListingQuery): string | undefined {
  if (after === "" || compareKeys(after, prefix) < 0) return index.next(prefix, false);
  const isCommonPrefix = after.startsWith(prefix) && commonPrefixOf(after, prefix, delimiter) === after;
  return isCommonPrefix ? index.nextPastPrefix(after) : index.next(after, true);
}

function commonPrefixOf(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === "") return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}
