import { dropPrefix, parseArrivedKey, uploadKey } from "@systemhealer/domain/object-keys";
import { expect, test } from "vitest";

test("keys of arrivals are parsed as they are built", () => {
  expect(parseArrivedKey(uploadKey("w-1", "ds-1"))).toEqual({ kind: "upload", workspaceId: "w-1", datasetId: "ds-1" });
  expect(parseArrivedKey(`${dropPrefix("w-1", "train")}2026/night 1.csv`)).toEqual({
    kind: "drop",
    workspaceId: "w-1",
    followUp: "train",
    fileName: "night 1.csv",
  });
});

test("no other key starts anything", () => {
  const others = [
    "uploads/w/d/other",
    "uploads/w/source",
    "drops/w/train/",
    "drops/w/play/a.csv",
    "datasets/w/d/data.csv",
  ];
  for (const key of others) expect(parseArrivedKey(key)).toBeUndefined();
});
