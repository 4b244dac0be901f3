import { expect, test } from "vitest";
import { displayWidth, formatTable, printable } from "../../../cli/src/terminal/table.ts";

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

test("what could steer the terminal is taken out", () => {
  expect(printable("a\u001b[31mb\r\n")).toBe("a·[31mb··");
});
