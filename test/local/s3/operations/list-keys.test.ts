import fc from "fast-check";
import { expect, test } from "vitest";
import { type Listing, type ListingQuery, listKeys } from "../../../../local/s3/operations/list-keys.ts";
import { KeyIndex } from "../../../../local/s3/storage/key-index.ts";
import type { ObjectRecord } from "../../../../local/s3/storage/object-record.ts";

function indexOf(keys: readonly string[]): KeyIndex {
  const index = new KeyIndex([]);
  for (const key of keys) index.set({ key } as ObjectRecord);
  return index;
}

function everyPage(index: KeyIndex, query: Omit<ListingQuery, "after">): string[] {
  const names: string[] = [];
  let after: string | undefined = "";
  while (after !== undefined) {
    const page: Listing = listKeys(index, { ...query, after });
    names.push(...page.objects.map(({ key }) => key), ...page.commonPrefixes);
    after = page.next;
  }
  return names;
}

function expected(keys: readonly string[], prefix: string, delimiter: string): string[] {
  const names = keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
      return at < 0 ? key : key.slice(0, at + delimiter.length);
    });
  return [...new Set(names)].sort();
}

test("pages put together are the whole list, for any keys, prefix, delimiter and page size", () => {
  const key = fc.string({ unit: fc.constantFrom("a", "b", "/", "-", "é", "😀", "\uffee"), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 60 }),
      fc.constantFrom("", "a", "a/", "/", "é"),
      fc.constantFrom("", "/", "a/", "é"),
      fc.integer({ min: 1, max: 9 }),
      (keys, prefix, delimiter, maxKeys) => {
        const names = everyPage(indexOf(keys), { prefix, delimiter, maxKeys });
        expect([...names].sort()).toEqual(expected(keys, prefix, delimiter));
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});

test("thousands of keys go on page by page without gap or repetition", () => {
  const keys = Array.from({ length: 5003 }, (_, i) => `runs/${String(i).padStart(6, "0")}/results.csv`);
  const index = indexOf([...keys].reverse());
  expect(everyPage(index, { prefix: "runs/", delimiter: "", maxKeys: 1000 })).toEqual(keys);
  index.delete(keys[1000]!);
  expect(everyPage(index, { prefix: "runs/", delimiter: "/", maxKeys: 1000 })).toHaveLength(5002);
});
