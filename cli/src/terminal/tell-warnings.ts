import { findingMessage } from "@systemhealer/contract/messages/message";
import type { Finding } from "@systemhealer/contract/validation-report";
import type { Output } from "../output.ts";

const mostTold = 10;

/** Tells people what of a file a training will leave out. */
export function tellWarnings(output: Output, warnings: readonly Finding[]): void {
  for (const warning of warnings.slice(0, mostTold)) {
    output.note("finding-warning", { sentence: findingMessage(warning, output.language) });
  }
  if (warnings.length > mostTold) output.note("findings-omitted", { count: warnings.length - mostTold });
}
