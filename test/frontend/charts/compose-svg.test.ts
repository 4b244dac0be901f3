import { expect, test } from "vitest";
import { composeSvg, escapeXml, legendRows } from "../../../frontend/src/charts/compose-svg.ts";

const caption = { title: "A & B", legend: [], ink: "#000000", ground: "#ffffff", font: "Arial" };

test("a saved chart has its title, its ground and its legend", () => {
  const legend = [{ label: "磁盘 <full>", colour: "#ff0000" }];
  const svg = composeSvg('<svg id="inner"/>', { width: 300, height: 100 }, { ...caption, note: "2 of 9", legend });
  expect(svg).toContain("A &amp; B");
  expect(svg).toContain("2 of 9");
  expect(svg).toContain("磁盘 &lt;full&gt;");
  expect(svg).toContain('<svg id="inner"/>');
  expect(Number(/height="(\d+)"/.exec(svg)![1])).toBeGreaterThan(100 + 3 * 20);
});

test("a legend is broken into rows that fit", () => {
  const legend = Array.from({ length: 9 }, (_, index) => ({ label: `class number ${index}`, colour: "#000000" }));
  const rows = legendRows(legend, 300);
  expect(rows.length).toBeGreaterThan(2);
  expect(rows.flat().map(({ label }) => label)).toEqual(legend.map(({ label }) => label));
  expect(rows.every((row) => row[0]!.x === 0)).toBe(true);
});

test("what XML cannot hold does not get into the file", () => {
  expect(escapeXml('a\u0000\u0007b\t"<')).toBe("a⟨U+0000⟩⟨U+0007⟩b⟨U+0009⟩&quot;&lt;");
});
