import { Validator } from "@seriousme/openapi-schema-validator";
import { openApiDocument } from "@systemhealer/contract/openapi";
import { operations } from "@systemhealer/contract/operations";
import { describe, expect, it } from "vitest";

describe("openapi.json", () => {
  it("is a valid OpenAPI 3.1 document", async () => {
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(JSON.stringify(openApiDocument("https://example.com"))))).toMatchObject({
      valid: true,
    });
    expect(validator.version).toBe("3.1");
  });

  it("resolves each of its references", () => {
    const document = openApiDocument() as { components: { schemas: Record<string, unknown> } };
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      (m) => m[1]!,
    );
    expect(references.length).toBeGreaterThan(20);
    for (const name of references) expect(document.components.schemas).toHaveProperty(name);
    expect(JSON.stringify(document)).not.toContain("#/$defs/");
  });

  it("has each operation of the table", () => {
    const { paths } = openApiDocument() as { paths: Record<string, Record<string, { operationId: string }>> };
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map((o) => o.operationId));
    expect(ids.sort()).toEqual(Object.keys(operations).sort());
  });
});
