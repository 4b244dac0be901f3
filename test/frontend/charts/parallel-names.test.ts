import { expect, test } from "vitest";
import { namesAbove, rowsOf } from "../../../frontend/src/charts/parallel-names.ts";

const short = ["cpu", "disk", "net", "lag"];
const long = [
  "node_cpu_seconds_total_idle",
  "disk_write_wait_of_the_log",
  "packets_lost_outwards",
  "queue_length_of_io",
];
const phone = { width: 188, left: 48, right: 64 };
const desktop = { width: 900, left: 48, right: 64 };

test("short names stand in two rows in turns, the outer ones at the edges", () => {
  expect(rowsOf(short, phone)).toBe(2);
  const placed = namesAbove(short, phone, 2);
  expect(placed.map(({ row }) => row)).toEqual([0, 1, 0, 1]);
  expect(placed[0]).toMatchObject({ anchor: "start", x: -46 });
  expect(placed[3]).toMatchObject({ anchor: "end", x: 250 });
});

test("long names of a few axes on a phone have a row each, stay whole and within the chart", () => {
  const rows = rowsOf(long, phone);
  expect(rows).toBe(4);
  const placed = namesAbove(long, phone, rows);
  expect(placed.map(({ name }) => name)).toEqual(long);
  expect(placed.map(({ row }) => row)).toEqual([3, 2, 1, 0]);
  for (const { x, name } of placed) {
    expect(x).toBeGreaterThanOrEqual(-phone.left);
    expect(x + name.length * 6.5).toBeLessThanOrEqual(phone.width + phone.right);
  }
});

test("names longer than the chart are cut in the middle, and of many axes the names stand in two rows", () => {
  const [name] = namesAbove(["x".repeat(80), "b"], phone, 3);
  expect(name!.name).toMatch(/^x+…x+$/);
  expect(rowsOf([...long, ...long], desktop)).toBe(2);
});
