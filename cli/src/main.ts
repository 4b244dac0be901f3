import { chooseLanguage, type Language, languages } from "@systemhealer/contract/messages/message";
import { CommanderError } from "commander";
import { exitCode } from "./exit-code.ts";
import { tellFailure } from "./failure.ts";
import { reasonOf } from "./files/reason.ts";
import { watchInterrupts } from "./interrupt.ts";
import { Output } from "./output.ts";
import { createProgram } from "./program.ts";
import { commandMeant, describeUsageError } from "./usage-error.ts";

/** @param args what follows the command's name @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  // Language and form are needed before the arguments are parsed: for the help and for what is wrong with them.
  const output = new Output({ json: args.includes("--json"), language: languageOf(args) });
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(exitCode.outputClosed);
    // Where the answer should have been, nothing can be said.
    process.stderr.write(`${output.text("cannot-write", { path: "stdout", reason: reasonOf(error) })}\n`);
    process.exit(exitCode.unexpected);
  });
  let errorText = "";
  const program = createProgram({ output, signal: watchInterrupts() }, (text) => {
    errorText += text;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode.ok;
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellFailure(error, output);
    if (error.exitCode === 0) return exitCode.ok;
    // Without a command, commander's text is the help.
    const isHelp = error.code === "commander.help";
    const message = isHelp ? output.text("command-missing") : describeUsageError(error, output);
    const lines = isHelp
      ? [errorText.trimEnd()]
      : [message, output.text("see-help", { command: commandMeant(program, args) })];
    output.failure({ exitCode: exitCode.usage, code: "usage", message }, lines);
    return exitCode.usage;
  }
}

function languageOf(args: readonly string[]): Language {
  const at = args.findIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const given = at < 0 ? undefined : (args[at]?.split("=")[1] ?? args[at + 1]);
  const named = languages.find((language) => language === given);
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return named ?? chooseLanguage(LC_ALL || LC_MESSAGES || LANG);
}
