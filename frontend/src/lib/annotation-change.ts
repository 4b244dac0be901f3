/** What people write on a record. */
export interface Written {
  readonly name: string;
  readonly notes?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** All of it, as it is to be. */
export interface Wished {
  readonly name: string;
  readonly notes: string;
  readonly tags: string[];
}
/** What is left out stays. */
export type WrittenChange = Partial<Wished>;

/** What somebody has changed. @param opened the record as they began with it */
export function changeSince(opened: Written, wanted: Wished): WrittenChange {
  const [before, after] = [textsOf(opened), textsOf(wanted)];
  return {
    ...(after.name !== before.name && { name: wanted.name }),
    ...(after.notes !== before.notes && { notes: wanted.notes }),
    ...(after.tags !== before.tags && { tags: wanted.tags }),
  };
}

/** Whether somebody else has meanwhile written where a change would write. */
export function isWrittenMeanwhile(opened: Written, now: Written, change: WrittenChange): boolean {
  const [before, after] = [textsOf(opened), textsOf(now)];
  return (["name", "notes", "tags"] as const).some((field) => field in change && before[field] !== after[field]);
}

function textsOf({ name, notes = "", tags = [] }: Written) {
  return { name, notes, tags: JSON.stringify(tags) };
}
