import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labelledCsv, readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

describe("what can be seen of a data set", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
  });
  afterAll(() => system.close());

  it("histograms by class come a page of KPIs at a time", async () => {
    const datasetId = await readyDatasetOf(system, labelledCsv(600));
    const first = await call(api, "getDatasetHistograms", { datasetId, query: { limit: 2 } });
    expect(first).toMatchObject({ status: 200, body: { rows: 600, sampledRows: 600, total: 3, nextOffset: 2 } });
    expect(first.body.items.map(({ name }: { name: string }) => name)).toEqual(["cpu", "disk"]);
    expect(first.body.classes).toEqual(["1", "2", "3"].map((name) => ({ name, rows: 200, sampled: 200 })));
    const rest = await call(api, "getDatasetHistograms", { datasetId, query: { limit: 2, offset: 2 } });
    expect(rest.body).toMatchObject({ items: [{ name: "net" }], total: 3 });
    expect(rest.body).not.toHaveProperty("nextOffset");
    const one = await call(api, "getDatasetHistograms", { datasetId, query: { feature: "disk" } });
    expect(one.body).toMatchObject({ items: [{ name: "disk", normal: { low: expect.any(Number) } }], total: 1 });
    const found = await call(api, "getDatasetHistograms", { datasetId, query: { search: "E" } });
    expect(found.body.items).toMatchObject([{ name: "net" }]);
  });

  it("a data set that was checked before there were histograms says so", async () => {
    const datasetId = await readyDatasetOf(system, labelledCsv(30));
    await system.objects.delete(`datasets/w-test/${datasetId}/histograms.json`);
    expect(await call(api, "getDatasetHistograms", { datasetId })).toMatchObject({
      status: 409,
      body: { code: "no-histograms" },
    });
  });

  it("its first rows are shown as they stand in the file", async () => {
    const plain = Buffer.from('\ufeffsample_id;node;cpu;label\n1;"a;""b""";1e3;x\n2;;;x\n=3;c;0.10;y\n4;d;4;y');
    const id = await readyDatasetOf(system, plain);
    const { body } = await call(api, "getDatasetPreview", { datasetId: id });
    expect(body).toEqual({
      columns: ["sample_id", "node", "cpu", "label"],
      rows: [
        ["1", 'a;"b"', "1e3", "x"],
        ["2", "", "", "x"],
        ["=3", "c", "0.10", "y"],
        ["4", "d", "4", "y"],
      ],
      totalRows: 4,
    });
    const two = await call(api, "getDatasetPreview", { datasetId: id, query: { rows: 2 } });
    expect(two.body.rows).toHaveLength(2);
  });

  it("of wide rows as many are shown as fit", async () => {
    const columns = Array.from({ length: 2_000 }, (_, i) => `k${i}`);
    const line = `${columns.map((_, i) => `${i}.0000000000000000000000000000`).join(",")},`;
    const rows = Array.from({ length: 60 }, (_, i) => `${line}${i % 2}`);
    const datasetId = await readyDatasetOf(system, Buffer.from(`${columns.join(",")},label\n${rows.join("\n")}\n`));
    const { status, body } = await call(api, "getDatasetPreview", { datasetId });
    expect(status).toBe(200);
    expect(body.rows.length).toBeGreaterThan(20);
    expect(body.rows.length).toBeLessThan(50);
    for (const row of body.rows) expect(row).toHaveLength(2_001);
  });

  it("its profile warns of a class of one row, by name and row", async () => {
    const file = Buffer.concat([labelledCsv(30), Buffer.from("s31,1,2,3,rare\n")]);
    const { status, body } = await call(api, "getDatasetProfile", { datasetId: await readyDatasetOf(system, file) });
    const warning = { code: "class-left-out", row: 31, column: "rare", found: "1", expected: "2" };
    expect({ status, warnings: body.warnings }).toEqual({ status: 200, warnings: [warning] });
  });

  it("strangers see nothing", async () => {
    const datasetId = await readyDatasetOf(system, labelledCsv(30));
    for (const name of ["getDatasetHistograms", "getDatasetPreview"] as const)
      expect(await call(api, name, { datasetId }, { workspaceId: "w-other" })).toMatchObject({ status: 404 });
  });
});
