import type { DiagnosisAccumulator } from "../diagnose/diagnosis-accumulator.ts";
import type { DiagnosisSummary } from "../diagnose/diagnosis-summary.ts";
import type { ClassCount } from "../validate/profile.ts";
import { falseAlarmsOf, findsFaults, type HeldOutCard } from "./false-alarms.ts";
import { judgeRecovery } from "./judge-recovery.ts";
import { normalIndex } from "./normal-index.ts";
import type { Recovery } from "./recovery.ts";

export interface RecoveryOptions {
  /** The class of rows without a fault, where none is called normal. */
  readonly normalClass?: string | undefined;
  /** What was diagnosed when the faults were found. */
  readonly before?: readonly ClassCount[] | undefined;
}

/** Whether the system of a diagnosis is back to normal; its sums have stretches where a class is normal. */
export function recoveryOf(
  sums: Pick<DiagnosisAccumulator, "stretches">,
  { rows, classes: classRows, shift, unknownRows }: DiagnosisSummary,
  card: HeldOutCard,
  { normalClass, before }: RecoveryOptions,
): Recovery {
  const normal = normalIndex(card.classes, normalClass);
  return judgeRecovery({
    ...{ classes: card.classes, normal, rows, classRows, shift, before },
    stretches: sums.stretches,
    falseAlarms: falseAlarmsOf(card, normal),
    tellsNovelty: unknownRows !== undefined,
  });
}

/** Whether a diagnosis found faults; nothing where no class is known to be normal. */
export function faultsOf(
  { rows, classes }: Pick<DiagnosisSummary, "rows" | "classes">,
  card: HeldOutCard,
  normalClass?: string,
): { readonly faultsFound?: boolean } {
  const normal = normalIndex(card.classes, normalClass);
  if (normal < 0) return {};
  return { faultsFound: findsFaults(rows, classes[normal].rows, falseAlarmsOf(card, normal)) };
}
