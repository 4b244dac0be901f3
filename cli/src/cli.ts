import type { Command } from "commander";
import { CliError } from "./cli-error.ts";
import { exitCode } from "./exit-code.ts";
import type { TextCode } from "./messages/text.ts";
import type { Output } from "./output.ts";

/** What every command is given. */
export interface Cli {
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** A command with its description in the reader's language. */
export function addCommand(parent: Command, cli: Cli, usage: string, description: TextCode): Command {
  return parent.command(usage).description(cli.output.text(description)).helpCommand(false);
}

/** Reads whole numbers of an option. @throws CliError where the text is none */
export function wholeNumber(option: string, least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() === "" || !Number.isSafeInteger(number) || number < least) {
      throw new CliError(exitCode.usage, "option-not-whole", { option, value, least });
    }
    return number;
  };
}

/** Reads numbers of an option. @throws CliError where the text is none, or not from `least` to `most` */
export function decimal(option: string, least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (value.trim() === "" || !Number.isFinite(number)) {
      throw new CliError(exitCode.usage, "option-not-number", { option, value });
    }
    if (number < least || number > most) {
      throw new CliError(exitCode.usage, "option-out-of-range", { option, value, least, most });
    }
    return number;
  };
}
