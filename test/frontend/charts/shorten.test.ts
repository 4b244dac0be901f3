import { expect, test } from "vitest";
import { shorten } from "../../../frontend/src/charts/shorten.ts";

test("a long name keeps its beginning and more of its end", () => {
  expect(shorten(10)("disk_read_bytes_node_17")).toBe("dis…ode_17");
  expect(shorten(10)("disk_read_bytes_node_17")).toHaveLength(10);
  expect(shorten(10)("cpu")).toBe("cpu");
});

test("Chinese signs count as nearly two letters", () => {
  expect(shorten(10)("磁盘延迟")).toBe("磁盘延迟");
  expect(shorten(10)("第二可用区协调节点连接池耗尽")).toBe("第…池耗尽");
});
