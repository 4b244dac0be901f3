export interface TextField {
  readonly value: string;
  readonly selectionStart: number;
  readonly selectionEnd: number;
}

/** @returns what a field holds once a text is pasted over what is marked in it */
export function pasteInto({ value, selectionStart, selectionEnd }: TextField, pasted: string): string {
  return value.slice(0, selectionStart) + pasted + value.slice(selectionEnd);
}
