/** From the pool to an environment; `event` is JSON text. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly event: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** The shape in which Lambda reports a failed invocation. */
export interface FunctionErrorPayload {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** From an environment to its pool; `payload` is JSON text. */
export type EnvironmentMessage =
  | { readonly kind: "ready" }
  | { readonly kind: "result"; readonly requestId: string; readonly payload: string }
  | { readonly kind: "error"; readonly requestId: string; readonly error: FunctionErrorPayload }
  /** The process ends. */
  | { readonly kind: "fatal"; readonly error: FunctionErrorPayload };
