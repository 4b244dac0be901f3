/** What is wrong with a row. `column` is its position in the header. */
export interface RowProblem {
  readonly code:
    | "not-a-number"
    | "not-finite"
    | "not-utf8"
    | "cell-too-long"
    | "unclosed-quote"
    | "too-few-cells"
    | "too-many-cells";
  readonly column: number;
  readonly found: string;
}
