import { beforeEach, expect, test } from "vitest";
import {
  forgetUpload,
  rememberedUploads,
  rememberUpload,
} from "../../../../frontend/src/features/uploads/upload-memory.ts";

const kept = new Map<string, string>();
beforeEach(() => {
  kept.clear();
  Object.assign(globalThis, {
    localStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
      removeItem: (key: string) => kept.delete(key),
    },
  });
});
const upload = (datasetId: string) => ({
  ...{ datasetId, name: "field.csv", sizeBytes: 9 },
  ...{ purpose: "diagnosis" as const, fingerprint: "00" },
});

test("what one user was sending, the next user of the browser does not see", () => {
  rememberUpload("one", upload("ds-1"));
  expect(rememberedUploads("one").map(({ datasetId }) => datasetId)).toEqual(["ds-1"]);
  expect(rememberedUploads("other")).toEqual([]);
});

test("the latest comes first, each once, until it is forgotten", () => {
  for (const id of ["ds-1", "ds-2", "ds-1"]) rememberUpload("one", upload(id));
  expect(rememberedUploads("one").map(({ datasetId }) => datasetId)).toEqual(["ds-1", "ds-2"]);
  forgetUpload("one", "ds-1");
  expect(rememberedUploads("one").map(({ datasetId }) => datasetId)).toEqual(["ds-2"]);
});
