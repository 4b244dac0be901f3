import { z } from "zod";
import { type Operation, operations } from "./operations.ts";
import { Problem, type ProblemWord, problemStatus } from "./problem.ts";

type Json = Readonly<Record<string, unknown>>;

/** Schemas with a name are written once, under `components`; both sides of an operation name them differently. */
class Schemas {
  readonly named: Record<string, Json> = {};

  write(schema: z.ZodType, io: "input" | "output"): Json {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
    const suffix = io === "input" ? "Input" : "";
    const text = JSON.stringify(rest).replace(
      /"#\/\$defs\/(\w+)"/g,
      (_ref, id: string) => `"#/components/schemas/${id}${suffix}"`,
    );
    const { $defs = {}, ...own } = JSON.parse(text) as { $defs?: Record<string, Json> };
    for (const [id, definition] of Object.entries($defs)) this.named[`${id}${suffix}`] = definition;
    const { id, ...shape } = own as { id?: string };
    if (!id) return shape;
    this.named[`${id}${suffix}`] = shape;
    return { $ref: `#/components/schemas/${id}${suffix}` };
  }
}

function parameters(schemas: Schemas, place: "path" | "query", schema: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = schemas.write(schema, "input") as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: property,
  }));
}

function responses(schemas: Schemas, operation: Operation): Json {
  const problem = schemas.write(Problem, "output");
  const words: ProblemWord[] = [...operation.problems, "internal", "too-many-requests"];
  if (operation.role) words.push("unauthorized", "forbidden");
  const problems = Object.fromEntries(
    words.map((word) => [
      String(problemStatus[word]),
      {
        description: word,
        content: { "application/problem+json": { schema: problem } },
      },
    ]),
  );
  const success = operation.output
    ? { description: "Done", content: { "application/json": { schema: schemas.write(operation.output, "output") } } }
    : { description: "Done" };
  return { [String(operation.status)]: success, ...problems };
}

/** The operation table as an OpenAPI 3.1 document. */
export function openApiDocument(serverUrl?: string): Json {
  const schemas = new Schemas();
  const paths: Record<string, Record<string, Json>> = {};
  for (const [operationId, operation] of Object.entries(operations) as [string, Operation][]) {
    const entry: Record<string, unknown> = {
      operationId,
      summary: operation.summary,
      parameters: [
        ...parameters(schemas, "path", operation.pathParameters),
        ...parameters(schemas, "query", operation.query),
      ],
      responses: responses(schemas, operation),
      security: operation.role ? [{ idToken: [] }] : [],
    };
    if (operation.role) entry["x-role"] = operation.role;
    if (operation.body) {
      entry.requestBody = {
        required: true,
        content: { "application/json": { schema: schemas.write(operation.body, "input") } },
      };
    }
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method.toLowerCase()] = entry;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "SystemHealer",
      version: "1",
      description: "Learns the faults of a distributed system from its KPIs and diagnoses new ones.",
    },
    ...(serverUrl ? { servers: [{ url: serverUrl }] } : {}),
    paths,
    components: {
      schemas: schemas.named,
      securitySchemes: {
        idToken: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "ID token of the user pool" },
      },
    },
  };
}
