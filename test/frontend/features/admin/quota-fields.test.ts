import type { QuotasView } from "@systemhealer/contract/quotas";
import { expect, test } from "vitest";
import {
  changeOf,
  fieldsOf,
  readQuota,
  revertOf,
  storageUnits,
  textsOf,
  withTyped,
} from "../../../../frontend/src/features/admin/quota-fields.ts";

const gigabyte = storageUnits.decimal.bytes;
const most = { storageBytes: 1_024 ** 4, runsAtOnce: 50, rowsPerFile: 20_000_000 };
const view: QuotasView = {
  quotas: { ...most, storageBytes: 2_500_000_000 },
  most,
  set: { storageBytes: 2_500_000_000 },
  used: { storageBytes: 10, datasets: 1, runsAtOnce: 0 },
  version: 4,
};

test("fields show what is set, in the unit of storage, and nothing where nothing is", () => {
  expect(textsOf(view.set, gigabyte)).toEqual({ storageBytes: "2.5", runsAtOnce: "", rowsPerFile: "" });
  expect(textsOf({ storageBytes: 3 * 1_024 ** 3 }, storageUnits.binary.bytes).storageBytes).toBe("3");
  expect(textsOf({ storageBytes: 1 }, gigabyte).storageBytes).toBe("1e-9");
});

test("a field is read with groups of digits, and refused in words", () => {
  expect(readQuota("rowsPerFile", "1,000 000", most.rowsPerFile, gigabyte)).toEqual({ value: 1_000_000 });
  expect(readQuota("storageBytes", "0.5", most.storageBytes, gigabyte)).toEqual({ value: 500_000_000 });
  expect(readQuota("runsAtOnce", " ", most.runsAtOnce, gigabyte)).toEqual({ value: null });
  expect(readQuota("runsAtOnce", "2.5", most.runsAtOnce, gigabyte)).toEqual({ problem: "notWhole" });
  expect(readQuota("runsAtOnce", "0", most.runsAtOnce, gigabyte)).toEqual({ problem: "notWhole" });
  expect(readQuota("storageBytes", "much", most.storageBytes, gigabyte)).toEqual({ problem: "notNumber" });
  expect(readQuota("runsAtOnce", "51", most.runsAtOnce, gigabyte)).toEqual({ problem: "tooHigh" });
});

test("only what was changed is sent; an emptied field gives up what was set", () => {
  const texts = textsOf(view.set, gigabyte);
  expect(changeOf(view, texts, gigabyte)).toBeUndefined();
  expect(changeOf(view, { ...texts, runsAtOnce: "3" }, gigabyte)).toEqual({ version: 4, runsAtOnce: 3 });
  expect(changeOf(view, { ...texts, storageBytes: "" }, gigabyte)).toEqual({ version: 4, storageBytes: null });
  expect(changeOf(view, { ...texts, storageBytes: "", runsAtOnce: "x" }, gigabyte)).toBeUndefined();
});

test("a change is taken back with the version of its answer", () => {
  expect(revertOf(view, { ...view, version: 5, set: { runsAtOnce: 3 } })).toEqual({
    version: 5,
    storageBytes: 2_500_000_000,
    runsAtOnce: null,
    rowsPerFile: null,
  });
});

test("what is typed stays when somebody else sets another quota, and the others follow", () => {
  const typed = withTyped({ texts: {}, unitBytes: 0 }, "runsAtOnce", "7", 1e9);
  expect(fieldsOf({ runsAtOnce: 2, storageBytes: 5e9 }, typed, 1e9)).toEqual({
    storageBytes: "5",
    runsAtOnce: "7",
    rowsPerFile: "",
  });
});

test("storage that was typed in another unit is not read in the present one", () => {
  const set = { storageBytes: 1_024 ** 3 };
  const typed = withTyped({ texts: {}, unitBytes: 0 }, "storageBytes", "3", 1e9);
  expect(fieldsOf(set, typed, 1e9).storageBytes).toBe("3");
  expect(fieldsOf(set, typed, 1_024 ** 3).storageBytes).toBe("1");
  const later = withTyped(typed, "rowsPerFile", "9", 1_024 ** 3);
  expect(fieldsOf(set, later, 1_024 ** 3)).toMatchObject({ storageBytes: "1", rowsPerFile: "9" });
});
