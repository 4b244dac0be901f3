import { ownOperations } from "@systemhealer/contract/audit";
import { operations } from "@systemhealer/contract/operations";
import { expect, test } from "vitest";
import { auditLines, detailsText, pageOf } from "../../../../frontend/src/features/admin/audit-rows.ts";
import { admin } from "../../../../frontend/src/i18n/en/admin.ts";

test("every operation that is recorded has words, and no other", () => {
  const addresses = ["downloadDataset", "downloadModel", "downloadRun", "signDatasetParts", "createModelImport"];
  const silent = [...addresses, "updatePreferences"];
  const recorded = Object.entries(operations).flatMap(([name, { method }]) =>
    method === "GET" || silent.includes(name) ? [] : [name],
  );
  expect(Object.keys(admin.audit.operations).sort()).toEqual([...recorded, ...ownOperations].sort());
});

test("details leave out locks, and a link leads to what is there still", () => {
  expect(detailsText({ role: "viewer", version: 3, revision: 1, email: "a@example.com" })).toBe(
    "role: viewer, email: a@example.com",
  );
  expect(pageOf({ target: "run-1", operation: "cancelRun" })).toBe("/runs/run-1");
  expect(pageOf({ target: "ds-1", operation: "deleteDataset" })).toBeUndefined();
  expect(pageOf({ target: "0b7c", operation: "removeMember" })).toBeUndefined();
});

test("the file has a line for each entry under a line of names", () => {
  const entry = {
    schema: "audit.v1" as const,
    auditId: "1",
    at: "2026-01-02T03:04:05.000Z",
    userId: "u",
    email: "a@example.com",
    operation: "inviteMember",
    target: null,
    details: { role: "viewer" },
    requestId: "r",
  };
  const [names, line] = auditLines([entry]);
  expect(names).toHaveLength(line!.length);
  expect(line).toEqual([entry.at, entry.email, "u", "inviteMember", "", '{"role":"viewer"}', "r"]);
});
