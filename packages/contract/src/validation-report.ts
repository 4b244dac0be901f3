import { z } from "zod";

/**
 * Why a file is no data set, or what of it a training leaves out (`class-left-out`). Codes are stable; their sentences
 * are in `messages/`.
 * `row` counts data rows from 1 (the header is row 0); `column` is the header's own name.
 */
export const findingCodes = [
  "empty-file",
  "no-rows",
  "not-csv",
  "not-utf8",
  "not-gzip",
  "missing-header",
  "carriage-returns-only",
  "duplicate-column",
  "empty-column-name",
  "missing-column",
  "extra-column",
  "renamed-column",
  "too-few-cells",
  "too-many-cells",
  "unclosed-quote",
  "not-a-number",
  "not-finite",
  "no-label-column",
  "several-label-columns",
  "no-feature-columns",
  "missing-label",
  "one-class-only",
  "class-too-small",
  "class-left-out",
  "too-many-columns",
  "too-many-rows",
  "too-many-classes",
  "file-too-large",
  "cell-too-long",
  "validation-interrupted",
] as const;
export const FindingCode = z.enum(findingCodes);
export type FindingCode = z.infer<typeof FindingCode>;

export const Finding = z.object({
  code: FindingCode,
  row: z.int().nonnegative().optional(),
  column: z.string().optional(),
  /** What stands there, shortened to 80 characters. */
  found: z.string().optional(),
  /** What should stand there: a value for the sentence of the code, not a sentence. */
  expected: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;

export const maxFindings = 100;

export const ValidationReport = z
  .object({
    schema: z.literal("validation-report.v1"),
    fileName: z.string(),
    rowsRead: z.int().nonnegative(),
    /** The first `maxFindings` in the order of the file. */
    findings: z.array(Finding).max(maxFindings),
    /** Findings beyond those listed. */
    omittedFindings: z.int().nonnegative(),
  })
  .meta({ id: "ValidationReport" });
export type ValidationReport = z.infer<typeof ValidationReport>;
