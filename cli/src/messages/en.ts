import { columns } from "./en/columns.ts";
import { commands } from "./en/commands.ts";
import { failures } from "./en/failures.ts";
import { help } from "./en/help.ts";
import { options } from "./en/options.ts";
import { progress } from "./en/progress.ts";
import { reasons } from "./en/reasons.ts";
import { results } from "./en/results.ts";

/** Every sentence of the command; `{name}` stands for a parameter. */
export const en = {
  ...help,
  ...commands,
  ...options,
  ...progress,
  ...columns,
  ...results,
  ...failures,
  ...reasons,
} as const;

export type TextCode = keyof typeof en;
