import { isDate, recoverySentences } from "@systemhealer/contract/messages/recovery-sentences";
import { Recovery } from "@systemhealer/contract/recovery";
import { visible } from "@systemhealer/contract/visible";
import type { Recovery as Judged } from "@systemhealer/ml/recovery/recovery";
import type { Output } from "../output.ts";
import { formatTable } from "./table.ts";
import { formatCount, formatShare } from "./units.ts";

/** Whether the system is back to normal, why, and the share of each fault. */
export function recoveryLines(output: Output, judged: Judged): string[] {
  const recovery = Recovery.parse(judged);
  const moment = (value: number) => (isDate(value) ? new Date(value).toISOString() : String(value));
  const formats = { count: formatCount, share: formatShare, moment };
  const { verdict, reasons, basis } = recoverySentences(recovery, output.language, formats);
  const left = recovery.faults.filter(({ after }) => after > 0);
  const header = [output.text("column-class"), output.text("column-share")];
  return [
    "",
    verdict,
    ...reasons.map((reason) => `  ${visible(reason)}`),
    visible(basis),
    ...(left.length === 0
      ? []
      : [
          formatTable(
            header,
            left.map(({ name, after }) => [name, formatShare(after)]),
          ),
        ]),
  ];
}
