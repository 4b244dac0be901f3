import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const viewer = { groups: "[viewer]" };
const palette = { name: "ibm", changes: { light: { "0": "#5a1e00" }, dark: {} } };

describe("how a user wants the portal", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
  });
  afterAll(() => system.close());

  const read = async (options = {}) => (await call(api, "getPreferences", {}, { ...viewer, ...options })).body;

  it("is nothing at first, and kept choice by choice", async () => {
    expect(await read()).toEqual({ updatedAt: null });
    const { status, body } = await call(api, "updatePreferences", { body: { palette, language: "zh" } }, viewer);
    expect(status).toBe(200);
    expect(body).toMatchObject({ palette, language: "zh" });
    await call(api, "updatePreferences", { body: { density: "compact", units: { bytes: "binary" } } }, viewer);
    expect(await read()).toEqual({
      ...{ palette, language: "zh", density: "compact", units: { bytes: "binary" } },
      updatedAt: expect.any(String),
    });
    await call(api, "updatePreferences", { body: { palette: null, language: "en" } }, viewer);
    expect(await read()).toEqual({
      ...{ language: "en", density: "compact", units: { bytes: "binary" } },
      updatedAt: expect.any(String),
    });
  });

  it("says how results are looked at, and that can be taken back", async () => {
    const resultView = {
      ...({ chart: "scatter", secondChart: "pie", scale: "values", pageSize: 50 } as const),
      ...{ axes: { x: "kpi:cpu_load" }, columns: ["row", "p:disk-slow"] },
    };
    await call(api, "updatePreferences", { body: { resultView } }, viewer);
    expect(await read()).toMatchObject({ resultView });
    await call(api, "updatePreferences", { body: { resultView: null } }, viewer);
    expect(await read()).not.toHaveProperty("resultView");
  });

  it("is the user's alone: another workspace has none, nobody without a role may ask", async () => {
    expect(await read({ workspaceId: "w-other" })).toEqual({ updatedAt: null });
    expect(await call(api, "getPreferences", {}, { groups: null })).toMatchObject({ status: 403 });
    expect(await call(api, "updatePreferences", { body: {} }, { groups: null })).toMatchObject({ status: 403 });
  });

  it("is bounded, and holds nothing but what the portal knows", async () => {
    const refused = [
      { palette: { name: "x".repeat(41), changes: { light: {}, dark: {} } } },
      { palette: { name: "ibm", changes: { light: { "0": "url(#)" }, dark: {} } } },
      {
        palette: {
          ...{ name: "ibm" },
          changes: { light: Object.fromEntries(Array.from({ length: 25 }, (_, slot) => [slot, "#000000"])), dark: {} },
        },
      },
      { resultLayout: Array.from({ length: 21 }, () => ({ panel: "table", isShown: true })) },
      { resultView: { columns: Array.from({ length: 101 }, (_, index) => `p:${index}`) } },
      { resultView: { axes: { x: "k".repeat(521) } } },
      { resultView: { pageSize: 1_000 } },
    ];
    for (const body of refused) {
      expect(await call(api, "updatePreferences", { body }, viewer)).toMatchObject({ status: 400 });
    }
    const unknown = { density: "compact", anything: "x".repeat(1_000) } as const;
    await call(api, "updatePreferences", { body: unknown }, viewer);
    expect(await read()).not.toHaveProperty("anything");
  });

  it("two browsers that change different choices at once lose none", async () => {
    await Promise.all([
      call(api, "updatePreferences", { body: { scheme: "dark" } }, viewer),
      call(api, "updatePreferences", { body: { language: "zh" } }, viewer),
      call(api, "updatePreferences", { body: { resultLayout: [{ panel: "table", isShown: false }] } }, viewer),
    ]);
    expect(await read()).toMatchObject({
      ...{ scheme: "dark", language: "zh", resultLayout: [{ panel: "table", isShown: false }] },
    });
  });
});
