import { expect, test } from "vitest";
import { changeSince, isWrittenMeanwhile } from "../../../frontend/src/lib/annotation-change.ts";

const opened = { name: "field.csv", tags: ["rack 7"] };

test("only what was written otherwise is sent", () => {
  expect(changeSince(opened, { name: "field.csv", notes: "", tags: ["rack 7"] })).toEqual({});
  expect(changeSince(opened, { name: "night.csv", notes: "", tags: ["rack 7"] })).toEqual({ name: "night.csv" });
  expect(changeSince({ ...opened, notes: "old" }, { name: "field.csv", notes: "", tags: [] })).toEqual({
    notes: "",
    tags: [],
  });
});

test("what somebody else wrote meanwhile is in the way only where both wrote", () => {
  const now = { ...opened, notes: "seen by Ada" };
  expect(isWrittenMeanwhile(opened, now, { name: "night.csv" })).toBe(false);
  expect(isWrittenMeanwhile(opened, now, { notes: "seen by Bob" })).toBe(true);
  expect(isWrittenMeanwhile(opened, { ...opened, tags: ["rack 7"] }, { tags: [] })).toBe(false);
});
