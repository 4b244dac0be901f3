import type { TextCode } from "./en.ts";
import { columns } from "./zh/columns.ts";
import { commands } from "./zh/commands.ts";
import { failures } from "./zh/failures.ts";
import { help } from "./zh/help.ts";
import { options } from "./zh/options.ts";
import { progress } from "./zh/progress.ts";
import { reasons } from "./zh/reasons.ts";
import { results } from "./zh/results.ts";

export const zh: Readonly<Record<TextCode, string>> = {
  ...help,
  ...commands,
  ...options,
  ...progress,
  ...columns,
  ...results,
  ...failures,
  ...reasons,
};
