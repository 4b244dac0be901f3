import type { Command, CommanderError } from "commander";
import type { TextCode } from "./messages/text.ts";
import type { Output } from "./output.ts";

/** Commander's own word for each mistake, and ours. */
const codes: Readonly<Record<string, TextCode>> = {
  "commander.unknownCommand": "usage-unknown-command",
  "commander.unknownOption": "usage-unknown-option",
  "commander.missingMandatoryOptionValue": "usage-option-needed",
  "commander.optionMissingArgument": "usage-option-value-missing",
  "commander.missingArgument": "usage-argument-needed",
  "commander.excessArguments": "usage-too-many-arguments",
  "commander.invalidArgument": "usage-value-invalid",
};

/** What is wrong with the arguments, in the reader's language; commander's own sentence where it has another form. */
export function describeUsageError(error: CommanderError, output: Output): string {
  const sentence = error.message.replace(/^error: /, "");
  const [first, second] = [...sentence.matchAll(/'([^']*)'/g)].map((match) => match[1]);
  const rest = /(?:Allowed choices are |but got \d+: )(.*?)\.?$/m.exec(sentence)?.[1];
  const code = codes[error.code];
  if (!code || first === undefined || (code === "usage-value-invalid" && (second === undefined || rest === undefined)))
    return sentence;
  const meant = /\(Did you mean (?:one of )?(.*?)\?\)/.exec(sentence)?.[1];
  const lines = [output.text(code, { first, second, rest })];
  if (meant !== undefined) lines.push(output.text("usage-did-you-mean", { first: meant }));
  return lines.join("\n");
}

/** The command that was meant, as one types it: `systemhealer runs train`. */
export function commandMeant(program: Command, args: readonly string[]): string {
  const names = [program.name()];
  let command: Command | undefined = program;
  for (const arg of args) {
    command = command.commands.find((candidate) => candidate.name() === arg);
    if (command) names.push(arg);
    command ??= names.length > 1 ? undefined : program;
    if (!command) break;
  }
  return names.join(" ");
}
