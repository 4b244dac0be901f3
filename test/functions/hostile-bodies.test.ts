import { type OperationName, operations } from "@systemhealer/contract/operations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { answerOf, httpEvent, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const depth = 60_000;
const deep = `${"[".repeat(depth)}${"]".repeat(depth)}`;
const deepObject = `${'{"a":'.repeat(depth / 4)}0${"}".repeat(depth / 4)}`;
/** JSON texts that no field takes. */
const hostile = [deep, deepObject, '{"__proto__":{"polluted":1}}', "1e999", `"${"x".repeat(100_000)}"`, "[[]]"];

const ulid = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const path = { datasetId: `ds-${ulid}`, runId: `run-${ulid}`, modelId: `mdl-${ulid}`, userId: "user-2" };

describe("a body made to do harm", () => {
  let system: TestSystem;
  let handlers: Record<string, typeof import("../../functions/api/main.ts").handler>;
  beforeAll(async () => {
    system = await testSystem();
    const [api, inference, importing] = await Promise.all([
      import("../../functions/api/main.ts"),
      import("../../functions/inference/rows.ts"),
      import("../../functions/inference/import.ts"),
    ]);
    handlers = { api: api.handler, inference: inference.handler, import: importing.handler };
  });
  afterAll(() => system.close());

  async function send(name: OperationName, body: string) {
    const { method, path: route, target } = operations[name];
    return answerOf(await handlers[target]!(httpEvent(`${method} ${route}`, { groups: "[admin]", path, body })));
  }

  const withBody = (Object.keys(operations) as OperationName[]).filter((name) => operations[name].body !== null);

  it.each(withBody)("%s takes nothing of it, wherever the harm is, and answers shortly", async (name) => {
    const schema: unknown = operations[name].body;
    const fields = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    const bodies = [deep, ...fields.flatMap((field) => hostile.map((value) => `{${JSON.stringify(field)}:${value}}`))];
    for (const body of bodies) {
      const { status, body: answer } = await send(name, body);
      // What is not known within a field may be left out instead, so that nothing of it is kept.
      const outcome = status === 200 ? "left out" : answer.code;
      expect(outcome, body.slice(0, 60)).toMatch(/^(input-invalid|body-too-large|left out)$/);
      expect(JSON.stringify(answer).length).toBeLessThan(20_000);
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
