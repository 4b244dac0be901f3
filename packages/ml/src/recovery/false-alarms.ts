import { fisherExactProbability } from "../honesty/fisher-exact.ts";

/** How often a model calls a normal row a fault. */
export interface FalseAlarms {
  /** Normal rows that it was asked about. */
  readonly rows: number;
  readonly alarms: number;
  /** `test`: rows of its test part; `accuracy`: nobody counted, so as many as its accuracy lets expect. */
  readonly source: "test" | "accuracy";
}

/** What a model's card tells of rows that the training never saw. */
export interface HeldOutCard {
  readonly classes: readonly string[];
  readonly accuracy: number;
  /** Per class: rows of the test part, and how many of them were diagnosed as it. */
  readonly heldOut?: readonly { readonly rows: number; readonly right: number }[] | undefined;
}

/** Rows that an accuracy counts as, where it is all that is known. */
const rowsOfAccuracy = 100;

/** @param normal index of the class of rows without a fault */
export function falseAlarmsOf({ accuracy, heldOut }: HeldOutCard, normal: number): FalseAlarms {
  const own = heldOut?.[normal];
  if (own && own.rows > 0) return { rows: own.rows, alarms: own.rows - own.right, source: "test" };
  const alarms = Math.round(rowsOfAccuracy * (1 - Math.min(1, Math.max(0, accuracy))));
  return { rows: rowsOfAccuracy, alarms, source: "accuracy" };
}

/**
 * Probability that normal rows show at least so many faults, by the false alarms that were counted (Fisher's exact
 * test, one-sided); 1 where the share is not above that of the false alarms.
 */
export function chanceOfFaults(faulty: number, rows: number, { rows: known, alarms }: FalseAlarms): number {
  if (rows === 0 || faulty / rows <= alarms / known) return 1;
  return fisherExactProbability(faulty, rows, alarms, known) / 2;
}

const falseAlarmRate = 0.05;

/**
 * Whether a diagnosis found faults: most rows are of one, or more than normal rows would show.
 * @param normalRows rows diagnosed as the class of rows without a fault
 */
export function findsFaults(rows: number, normalRows: number, known: FalseAlarms): boolean {
  const faulty = rows - normalRows;
  return 2 * faulty > rows || (faulty > 0 && chanceOfFaults(faulty, rows, known) <= falseAlarmRate);
}
