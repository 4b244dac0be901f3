import type { Json } from "../template/json.ts";

const executionStatuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

/** One event of an execution, in the words of GetExecutionHistory. Times in milliseconds since the epoch. */
export interface HistoryEvent {
  readonly id: number;
  readonly type: string;
  readonly timestamp: number;
  readonly stateName?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** What is kept of an execution. Input and output are JSON text; times in milliseconds since the epoch. */
export interface ExecutionRecord {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly input: string;
  readonly stopDate?: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly history: readonly HistoryEvent[];
}

export const maxPayloadBytes = 256 * 1024;
export const maxHistoryEvents = 1_000;

export function bytesOf(value: Json | undefined): number {
  return Buffer.byteLength(JSON.stringify(value ?? null));
}

/** A failure with the name by which `Retry` and `Catch` know it; `message` is its cause. */
export class TaskFailedError extends Error {
  /** Read by the interpreter: whether `Retry` and `Catch` may see it. */
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;

  constructor(error: string, cause: string, options: { readonly terminal?: boolean } = {}) {
    super(cause);
    this.name = error;
    this.isRetryable = !options.terminal;
    this.isCatchable = !options.terminal;
  }
}

/** Fails with `States.DataLimitExceeded`, which nothing catches, where a payload is over 256 KiB. */
export function checkPayload(value: Json | undefined, what: string): void {
  const bytes = bytesOf(value);
  if (bytes > maxPayloadBytes) {
    const cause = `${what} has ${bytes} bytes; the maximum is ${maxPayloadBytes} bytes.`;
    throw new TaskFailedError("States.DataLimitExceeded", cause, { terminal: true });
  }
}
