import { languages } from "@systemhealer/contract/messages/message";
import { Command, Option } from "commander";
import packageJson from "../package.json" with { type: "json" };
import type { Cli } from "./cli.ts";
import { addAdapt } from "./commands/adapt.ts";
import { addCluster } from "./commands/cluster.ts";
import { addCv } from "./commands/cv.ts";
import { addDatasets } from "./commands/datasets.ts";
import { addDetect } from "./commands/detect.ts";
import { addDiagnose } from "./commands/diagnose.ts";
import { addDownload } from "./commands/download.ts";
import { addEvaluate } from "./commands/evaluate.ts";
import { addInspect } from "./commands/inspect.ts";
import { addLabel } from "./commands/label.ts";
import { addLogin } from "./commands/login.ts";
import { addModels } from "./commands/models.ts";
import { addProfile } from "./commands/profile.ts";
import { addRuns } from "./commands/runs.ts";
import { addSimulate } from "./commands/simulate.ts";
import { addTrain } from "./commands/train.ts";
import { addUpload } from "./commands/upload.ts";
import type { TextCode } from "./messages/text.ts";

/**
 * All commands, in the order of the help.
 * @param onErrorText is given what commander would write to standard error
 */
export function createProgram(cli: Cli, onErrorText: (text: string) => void): Command {
  const { output } = cli;
  const program = new Command("systemhealer");
  program
    .description(output.text("about"))
    .version(packageJson.version, "--version", output.text("about-version"))
    .option("--json", output.text("option-json"))
    .addOption(new Option("--lang <language>", output.text("option-lang")).choices(languages))
    .helpOption("--help", output.text("about-help"))
    .helpCommand(false)
    .showHelpAfterError(false)
    .exitOverride()
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => translate(cli, title),
      optionDescription: (option) => describeOption(cli, option),
    })
    .configureOutput({ writeErr: onErrorText });
  for (const add of [
    addProfile,
    addTrain,
    addCv,
    addDiagnose,
    addDetect,
    addEvaluate,
    addAdapt,
    addInspect,
    addCluster,
    addLabel,
    addSimulate,
    addLogin,
    addUpload,
    addDatasets,
    addRuns,
    addModels,
    addDownload,
  ]) {
    add(program, cli);
  }
  for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) {
    command.addHelpText("after", `\n${output.text("about-exit-codes")}`);
  }
  return program;
}

function describeOption({ output }: Cli, option: Option): string {
  const { mandatory, argChoices, defaultValue } = option;
  const remarks: string[] = [];
  if (mandatory) remarks.push(output.text("help-required"));
  if (argChoices) remarks.push(output.text("help-choices", { choices: argChoices.join(", ") }));
  if (defaultValue !== undefined && typeof defaultValue !== "boolean") {
    remarks.push(output.text("help-default", { default: String(defaultValue) }));
  }
  const [open, close] = output.language === "zh" ? ["（", "）"] : [" (", ")"];
  return remarks.length > 0 ? `${option.description}${open}${remarks.join("; ")}${close}` : option.description;
}

const titles: Readonly<Record<string, TextCode>> = {
  "Usage:": "title-Usage",
  "Arguments:": "title-Arguments",
  "Options:": "title-Options",
  "Global Options:": "title-Global-Options",
  "Commands:": "title-Commands",
};

function translate({ output }: Cli, title: string): string {
  const code = titles[title];
  return code ? output.text(code) : title;
}
