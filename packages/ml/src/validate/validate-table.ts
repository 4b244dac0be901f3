import { createHash, type Hash } from "node:crypto";
import { type OpenCsv, openCsv } from "../table/open-csv.ts";
import { type Finding, shorten, TableError } from "../table/table-error.ts";
import { checkHeader, type HeaderRules, looksLikeData, rolesUnder } from "./check-header.ts";
import { FindingList } from "./finding-list.ts";
import type { Histograms } from "./histograms.ts";
import { defaultTableLimits, maxColumnNameBytes, type TableLimits } from "./limits.ts";
import type { Profile, ValidationReport } from "./profile.ts";
import { TableProfiler } from "./table-profiler.ts";

export interface ValidateTableOptions extends HeaderRules {
  /** For the report only. */
  readonly fileName?: string;
  readonly limits?: Partial<TableLimits>;
  /** Least bytes of each range of the profile; default 8 MiB. */
  readonly rangeBytes?: number;
  /** Receives the uncompressed bytes as they are read, those of a file that is then rejected too; awaited. */
  readonly onPlainBytes?: (bytes: Uint8Array) => void | Promise<void>;
  /** Called after every few megabytes; awaited. */
  readonly onProgress?: (progress: ValidationProgress) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

export interface ValidationProgress {
  /** Of the file as it was sent. */
  readonly bytesRead: number;
  readonly rowsRead: number;
}

export type ValidationResult =
  | { readonly ok: true; readonly profile: Profile; readonly histograms: Histograms }
  | { readonly ok: false; readonly report: ValidationReport };

const defaultRangeBytes = 8 * 1024 * 1024;
const progressBytes = 4 * 1024 * 1024;

/**
 * Reads a table once, in constant memory, and says either what it holds or everything that is wrong with it.
 *
 * For `training` every row needs a label, and there have to be at least two classes of two rows each; beside these, a
 * class of one row is a warning of the profile. For `diagnosis` labels may be missing. Reading ends early only where nothing more can be told: past a limit, without a header, in
 * another encoding, in a broken gzip stream.
 *
 * @param source the bytes as they were sent, gzip or not
 * @throws whatever the source, `onPlainBytes` or `onProgress` throw, and the signal's reason
 */
export async function validateTable(
  source: AsyncIterable<Uint8Array>,
  options: ValidateTableOptions,
): Promise<ValidationResult> {
  const limits: TableLimits = { ...defaultTableLimits, ...options.limits };
  const findings = new FindingList();
  const sent = new SentBytes(source, limits.maxFileBytes, options.signal);
  let profiler: TableProfiler | undefined;
  try {
    const counter = plainCounter(limits.maxFileBytes, options.onPlainBytes);
    const csv = await openCsv(sent, { onPlainBytes: counter.add });
    try {
      profiler = startProfiler(csv, options, limits, findings);
      let reported = 0;
      for await (const chunk of csv.rows) {
        profiler.push(chunk);
        if (options.onProgress && sent.count - reported >= progressBytes) {
          reported = sent.count;
          await options.onProgress({ bytesRead: reported, rowsRead: profiler.rows });
        }
      }
      profiler.finish();
      await options.onProgress?.({ bytesRead: sent.count, rowsRead: profiler.rows });
      if (findings.count === 0) {
        const profile = profiler.profile(sent.digest(), counter.count());
        return { ok: true, profile, histograms: profiler.histograms() };
      }
    } finally {
      await csv.rows.return(undefined);
    }
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    findings.add(error.finding);
  }
  return { ok: false, report: report(options.fileName ?? "", profiler?.rows ?? 0, findings) };
}

function startProfiler(
  csv: OpenCsv,
  options: ValidateTableOptions,
  limits: TableLimits,
  findings: FindingList,
): TableProfiler {
  const { columns, dialect, headerBytes } = csv;
  const roles = rolesUnder(columns, options);
  if (roles.features.length > limits.maxColumns) {
    const numbers = { found: String(roles.features.length), expected: String(limits.maxColumns) };
    throw new TableError({ code: "too-many-columns", row: 0, ...numbers });
  }
  if (looksLikeData(columns)) {
    const found = columns.slice(0, 8).join(dialect.delimiter);
    throw new TableError({ code: "missing-header", row: 0, found: found.slice(0, 80), expected: "column names" });
  }
  const long = columns.find((name) => Buffer.byteLength(name) > maxColumnNameBytes);
  if (long !== undefined) {
    throw new TableError({ code: "cell-too-long", row: 0, column: shorten(long), expected: `${maxColumnNameBytes}` });
  }
  for (const finding of checkHeader(columns, roles, options)) findings.add(finding);
  const rangeBytes = options.rangeBytes ?? defaultRangeBytes;
  const { purpose } = options;
  return new TableProfiler({ columns, roles, dialect, headerBytes, purpose, limits, rangeBytes, findings });
}

function report(fileName: string, rowsRead: number, findings: FindingList): ValidationReport {
  const { kept, omitted } = findings;
  return { schema: "validation-report.v1", fileName, rowsRead, findings: kept, omittedFindings: omitted };
}

/** Counts and hashes the bytes as they were sent while they are read. */
class SentBytes implements AsyncIterable<Uint8Array> {
  count = 0;
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #limit: number;
  readonly #signal: AbortSignal | undefined;
  readonly #hash: Hash = createHash("sha256");

  constructor(source: AsyncIterable<Uint8Array>, limit: number, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#limit = limit;
    this.#signal = signal;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.#source) {
      this.#signal?.throwIfAborted();
      this.count += chunk.length;
      if (this.count > this.#limit) throw new TableError(fileTooLarge(this.#limit));
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  digest(): string {
    return this.#hash.digest("hex");
  }
}

function plainCounter(limit: number, sink: ValidateTableOptions["onPlainBytes"]) {
  let count = 0;
  return {
    count: () => count,
    add: (bytes: Uint8Array): void | Promise<void> => {
      count += bytes.length;
      if (count > limit) throw new TableError(fileTooLarge(limit));
      return sink?.(bytes);
    },
  };
}

/** The file was not read to its end, so that only a lower bound of its size is known. */
function fileTooLarge(limit: number): Finding {
  return { code: "file-too-large", found: `> ${limit}`, expected: String(limit) };
}
