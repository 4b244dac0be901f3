import { expect, test } from "vitest";
import { assignColumnRoles } from "../../../packages/ml/src/table/column-roles.ts";

test("columns are recognised by name, in any case and in Chinese", () => {
  const roles = assignColumnRoles(["Sample_ID", "cpu", "Timestamp", "NODE", "memory", "Label"]);
  expect(roles).toEqual({ label: 5, id: 0, context: [2, 3], features: [1, 4] });
  expect(assignColumnRoles(["样本", "时间", "节点", "cpu", "故障类别"])).toEqual({
    label: 4,
    id: 0,
    context: [1, 2],
    features: [3],
  });
});

test("a table may have neither label nor id", () => {
  expect(assignColumnRoles(["a", "b"])).toEqual({ label: -1, id: -1, context: [], features: [0, 1] });
});

test("of several label columns the first recognised name wins, the others are features", () => {
  expect(assignColumnRoles(["class", "label", "a"])).toEqual({ label: 1, id: -1, context: [], features: [0, 2] });
});

test("a second id is context", () => {
  expect(assignColumnRoles(["id", "sample_id", "a"])).toEqual({ label: -1, id: 1, context: [0], features: [2] });
});

test("the named label column wins; named but absent, there is none", () => {
  const labelColumn = "kind";
  expect(assignColumnRoles(["label", "kind"], { labelColumn })).toMatchObject({ label: 1, features: [0] });
  expect(assignColumnRoles(["label", "a"], { labelColumn })).toMatchObject({ label: -1, features: [0, 1] });
});

test("a known feature is one whatever its name", () => {
  const knownFeatures = new Set(["class", "host"]);
  expect(assignColumnRoles(["class", "host", "fault"], { knownFeatures })).toEqual({
    label: 2,
    id: -1,
    context: [],
    features: [0, 1],
  });
});
