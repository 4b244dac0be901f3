import { Dataset } from "@systemhealer/contract/dataset";
import {
  datasetView,
  expectDataset,
  finishUpload,
  readyDataset,
  rejectDataset,
  startValidation,
} from "@systemhealer/domain/dataset";
import { ConflictError } from "@systemhealer/domain/errors";
import { describe, expect, it } from "vitest";
import { at, later, profile, readying, uploading } from "./fixtures/records.ts";

const keys = { dataKey: "d", profileKey: "p" };
const report = { reportKey: "r", findingCount: 2 };

describe("a data set", () => {
  it("goes from uploading over validating to ready or rejected, one version at a time", () => {
    const { announced, validating, ready } = readying({ labelColumn: "klass" });
    const rejected = rejectDataset(validating, report, at);
    const finished = finishUpload(announced, later(1));
    for (const dataset of [announced, finished, validating, ready, rejected]) {
      expect(Dataset.parse(dataset)).toEqual(dataset);
      expect(dataset.labelColumn).toBe("klass");
    }
    expect([announced, validating, ready, rejected].map(({ version }) => version)).toEqual([1, 2, 3, 3]);
    expect(finished.expiresAt).toBe(later(1));
    expect(ready).toMatchObject({ rows: profile.rows, featureCount: 1, constantFeatures: 0, usedBy: [] });
  });

  it("takes the size that really arrived", () => {
    expect(startValidation(uploading({ sizeBytes: 5 }), { etag: "e", sizeBytes: 7 }, at).sizeBytes).toBe(7);
  });

  it("makes no other move", () => {
    const { announced, validating, ready } = readying();
    const illegal = [
      () => startValidation(validating, { etag: "e", sizeBytes: 1 }, at),
      () => readyDataset(announced, profile, keys, at),
      () => readyDataset(ready, profile, keys, at),
      () => rejectDataset(ready, report, at),
      () => finishUpload(validating, at),
      () => expectDataset(validating, "ready"),
    ];
    for (const move of illegal) expect(move).toThrow(ConflictError);
  });

  it("shows its reader no workspace and no storage keys", () => {
    const { announced, validating, ready } = readying();
    for (const dataset of [announced, validating, ready, rejectDataset(validating, report, at)]) {
      expect(Object.keys(datasetView(dataset)).filter((name) => /Key$|etag|workspaceId/.test(name))).toEqual([]);
    }
  });
});
