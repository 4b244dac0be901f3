import { z } from "zod";
import { DatasetId, ModelId, RunId } from "../ids.ts";
import { PlainLine } from "../plain-text.ts";
import type { ProblemWord } from "../problem.ts";
import type { Role } from "../role.ts";

export interface Operation {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With `{name}` for each key of `pathParameters`. */
  readonly path: string;
  readonly summary: string;
  /** The least role that may call it; null: anyone, signed in or not. */
  readonly role: Role | null;
  /** Which function answers. */
  readonly target: "api" | "inference" | "import";
  readonly pathParameters: z.ZodObject;
  /** Query values arrive as text; schemas coerce. */
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly status: 200 | 201 | 202 | 204;
  readonly output: z.ZodType | null;
  readonly problems: readonly ProblemWord[];
}

export const name = (maxLength: number) => PlainLine.min(1).max(maxLength);

const none = z.object({});
export const datasetPath = z.object({ datasetId: DatasetId });
export const modelPath = z.object({ modelId: ModelId });
export const runPath = z.object({ runId: RunId });
export const page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(2_000).optional(),
});
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

/** An entry of the operation table; path, query and body are empty unless they are given. */
export function operation<const O extends Omit<Operation, "pathParameters" | "query" | "body"> & Partial<Operation>>(
  o: O,
) {
  return { pathParameters: none, query: none, body: null, ...o } as Omit<
    { pathParameters: typeof none; query: typeof none; body: null },
    keyof O
  > &
    O;
}
