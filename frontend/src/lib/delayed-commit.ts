export interface DelayedCommit {
  /** Gives it up; says whether there was still time. */
  undo(): boolean;
}

/** Does something after a while, unless it is undone before. */
export function commitLater(commit: () => void, milliseconds: number): DelayedCommit {
  let isOpen = true;
  const timer = setTimeout(() => {
    isOpen = false;
    commit();
  }, milliseconds);
  return {
    undo() {
      const inTime = isOpen;
      isOpen = false;
      clearTimeout(timer);
      return inTime;
    },
  };
}
