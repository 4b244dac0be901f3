import { expect, test } from "vitest";
import { axisNames, figureTicks, ticksFor } from "../../../frontend/src/charts/axis-names.ts";

const long = "shard-1.network_received_bytes_per_second";

test("names beside an axis are whole where the chart is wide, and cut in their middle where it is narrow", () => {
  expect(axisNames([long], 1_200).shortName(long)).toMatch(/^shard-1.netwo.*_per_second$/);
  const narrow = axisNames([long], 280);
  expect(narrow.shortName(long)).toMatch(/^shar….*second$/);
  expect(narrow.pixels).toBeLessThan(0.4 * 280);
  expect(axisNames(["disk-slowdown"], 600).shortName("disk-slowdown")).toBe("disk-slowdown");
});

test("short names take little of the chart, Chinese ones twice as much a sign", () => {
  expect(axisNames(["cpu"], 900).pixels).toBe(44);
  expect(axisNames(["磁盘延迟故障"], 900).pixels).toBeGreaterThan(axisNames(["diskdd"], 900).pixels);
});

test("an axis has as many values as have room beside each other, two at least", () => {
  expect(ticksFor(60)).toBe(2);
  expect(ticksFor(200)).toBe(3);
  expect(ticksFor(1_000)).toBe(5);
  expect(ticksFor(1_000, 4)).toBe(4);
});

test("an axis of counts has no whole number twice", () => {
  const whole = (value: number) => value.toFixed(0);
  const percent = (value: number) => `${(100 * value).toFixed(1)}%`;
  expect(figureTicks(1_000, [0, 1], whole)).toBe(1);
  expect(figureTicks(1_000, [0, 3], whole)).toBe(3);
  expect(figureTicks(1_000, [0, 900], whole)).toBe(5);
  expect(figureTicks(1_000, [0.2, 0.6], whole)).toBe(1);
  expect(figureTicks(1_000, [0, 1], percent)).toBe(5);
});
