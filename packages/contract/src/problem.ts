import { z } from "zod";

/** The words on the wire, and the status each stands for. */
export const problemStatus = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  "too-many-requests": 429,
  internal: 500,
} as const;
export type ProblemWord = keyof typeof problemStatus;

/** RFC 9457 problem details. `detail` is in the reader's language; `code` and `parameters` are for programs. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    parameters: z.record(z.string(), z.union([z.string(), z.number()])),
    requestId: z.string().optional(),
    /** Each place that is wrong, where there is more to say than `detail`. */
    errors: z
      .array(
        z.object({
          detail: z.string(),
          pointer: z.string().optional(),
          row: z.int().optional(),
          column: z.string().optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
