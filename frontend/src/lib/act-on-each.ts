export interface BatchOutcome<T> {
  readonly done: readonly T[];
  readonly failed: readonly { readonly name: string; readonly error: unknown }[];
}

/** Acts on one after the other; one that fails does not keep the others from it. */
export async function actOnEach<R extends { readonly name: string }, T>(
  records: readonly R[],
  act: (record: R) => Promise<T>,
): Promise<BatchOutcome<T>> {
  const done: T[] = [];
  const failed: { name: string; error: unknown }[] = [];
  for (const record of records) {
    try {
      done.push(await act(record));
    } catch (error) {
      failed.push({ name: record.name, error });
    }
  }
  return { done, failed };
}
