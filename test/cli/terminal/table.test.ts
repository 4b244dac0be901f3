import { expect, test } from "vitest";
import { displayWidth, formatTable } from "../../../cli/src/terminal/table.ts";

test("columns line up, Chinese ones too; numbers stand to the right", () => {
  expect(displayWidth("类别 a")).toBe(6);
  expect(
    formatTable(
      ["类别", "rows"],
      [
        ["a", 5],
        ["磁盘变慢", 1200],
      ],
    ),
  ).toBe(["类别      rows", "a            5", "磁盘变慢  1200"].join("\n"));
});

test("what could steer the terminal stands there by its code point, and columns line up with it", () => {
  expect(
    formatTable(
      ["class", "rows"],
      [
        ["a\u001b[2Jb\n", 5],
        ["net\u202eksid", 12],
      ],
    ),
  ).toBe(["class                  rows", "a⟨U+001B⟩[2Jb⟨U+000A⟩     5", "net⟨U+202E⟩ksid          12"].join("\n"));
});
