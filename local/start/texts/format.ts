/** 1234567 → "1,234,567", as the commands write it in both languages. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

/** A sentence that goes on in another one. */
export function withoutStop(sentence: string): string {
  return sentence.replace(/[.。\s]+$/, "");
}
