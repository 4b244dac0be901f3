import { z } from "zod";
import { type Operation, operations } from "./operations.ts";
import { Problem, type ProblemWord, problemStatus } from "./problem.ts";

type Json = Readonly<Record<string, unknown>>;

const jsonSchema = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
};

function parameters(place: "path" | "query", schema: z.ZodObject): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, "input") as {
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

function responses(operation: Operation): Json {
  const words: ProblemWord[] = [...operation.problems, "internal", "too-many-requests"];
  if (operation.role) words.push("unauthorized", "forbidden");
  const problems = Object.fromEntries(
    words.map((word) => [
      String(problemStatus[word]),
      {
        description: word,
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );
  const success = operation.output
    ? { description: "Done", content: { "application/json": { schema: jsonSchema(operation.output, "output") } } }
    : { description: "Done" };
  return { [String(operation.status)]: success, ...problems };
}

/** The operation table as an OpenAPI 3.1 document. */
export function openApiDocument(serverUrl?: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [operationId, operation] of Object.entries(operations) as [string, Operation][]) {
    const entry: Record<string, unknown> = {
      operationId,
      summary: operation.summary,
      parameters: [...parameters("path", operation.pathParameters), ...parameters("query", operation.query)],
      responses: responses(operation),
      security: operation.role ? [{ idToken: [] }] : [],
    };
    if (operation.role) entry["x-role"] = operation.role;
    if (operation.body) {
      entry.requestBody = {
        required: true,
        content: { "application/json": { schema: jsonSchema(operation.body, "input") } },
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
      schemas: { Problem: jsonSchema(Problem, "output") },
      securitySchemes: {
        idToken: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "ID token of the user pool" },
      },
    },
  };
}
