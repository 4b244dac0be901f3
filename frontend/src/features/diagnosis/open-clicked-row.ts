/** A click anywhere on a row opens it, unless it ends the marking of text. The keyboard has the link in the row. */
export function openClickedRow(open: () => void): void {
  if (getSelection()?.toString()) return;
  open();
}
