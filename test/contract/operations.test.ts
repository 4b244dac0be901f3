import { type Operation, operations } from "@systemhealer/contract/operations";
import { describe, expect, it } from "vitest";

const table = Object.entries(operations) as [string, Operation][];

describe("the operation table", () => {
  it("names every method and path once", () => {
    const routes = table.map(([, o]) => `${o.method} ${o.path}`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it.each(table)("%s declares the parameters that its path has", (_, operation) => {
    const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
    expect(Object.keys(operation.pathParameters.shape)).toEqual(inPath);
  });

  it.each(table)("%s asks for a role that fits what it does", (name, operation) => {
    if (["listMembers", "listAudit"].includes(name)) expect(operation.role).toBe("admin");
    else if (operation.method === "GET")
      expect(operation.role === null || operation.role === "viewer" || name === "getDatasetUpload").toBe(true);
    else
      expect(
        operation.role === "viewer" ? /\/downloads$|^\/v1\/me\//.test(operation.path) : operation.role !== null,
      ).toBe(true);
  });

  it("gives query parameters their defaults", () => {
    expect(operations.listDatasets.query.parse({})).toEqual({ limit: 25, status: "ready" });
    expect(operations.listRuns.query.parse({ limit: "3" })).toEqual({ limit: 3 });
    expect(operations.listRuns.query.safeParse({ limit: "101" }).success).toBe(false);
  });
});
