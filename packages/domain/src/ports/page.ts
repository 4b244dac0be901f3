export interface PageRequest {
  readonly limit: number;
  /** Opaque; from the page before. An unreadable one is an `InvalidError`. */
  readonly cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string;
}
