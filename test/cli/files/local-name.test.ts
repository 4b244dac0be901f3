import { posix, win32 } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { localName } from "../../../cli/src/files/local-name.ts";

test.each([
  ["results.csv", "results.csv"],
  ["夜间 负载.csv", "夜间 负载.csv"],
  ["../../etc/passwd", ".._.._etc_passwd"],
  ["..\\..\\x.csv", ".._.._x.csv"],
  ["C:\\x.csv", "C__x.csv"],
  ["x.csv:stream", "x.csv_stream"],
  ["..", "download"],
  ["", "download"],
  ["NUL", "_NUL"],
  ["con.csv", "_con.csv"],
  ["concert.csv", "concert.csv"],
  ["--json", "_--json"],
  ["a\u202evsc.exe", "a_vsc.exe"],
  ["tail. . ", "tail"],
])("%j becomes %j", (name, expected) => expect(localName(name)).toBe(expected));

test("whatever the name, it is one file in the folder, on every system", () => {
  const name = fc.string({ unit: fc.constantFrom(...'ab./\\:*?"<>| -\n\u0000é😀'.split("")), maxLength: 300 });
  fc.assert(
    fc.property(name, (text) => {
      const local = localName(text);
      for (const { resolve, dirname, basename } of [posix, win32]) {
        const folder = resolve("/folder");
        expect(dirname(resolve(folder, local))).toBe(folder);
        expect(basename(resolve(folder, local))).toBe(local);
      }
    }),
  );
});
