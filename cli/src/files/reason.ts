/** The system's short word, such as ENOSPC, where there is one. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return error instanceof Error ? error.message : String(error);
}

/** Why an address could not be reached: the word of the innermost cause, where fetch hides the connection's own. */
export function networkReason(error: unknown): string {
  let inner = error;
  for (let depth = 0; depth < 4 && inner instanceof Error && inner.cause instanceof Error; depth++) inner = inner.cause;
  return reasonOf(inner);
}
