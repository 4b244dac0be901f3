import { listNames } from "@systemhealer/contract/messages/list-names";
import type { Language } from "@systemhealer/contract/messages/message";
import { visible } from "@systemhealer/contract/visible";
import type { Command } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { openInput } from "../files/input-file.ts";
import { profileFile } from "../files/read-table-file.ts";
import { formatTable } from "../terminal/table.ts";
import { formatBytes, formatCount, formatShare } from "../terminal/units.ts";

const mostNamed = 5;

interface Options {
  readonly labelColumn?: string;
  readonly purpose: "training" | "diagnosis";
}

export function addProfile(program: Command, cli: Cli): void {
  const { output } = cli;
  addCommand(program, cli, "profile <file>", "command-profile")
    .option("--label-column <name>", output.text("option-label-column"))
    .addOption(
      program
        .createOption("--purpose <purpose>", output.text("option-check-purpose"))
        .choices(["training", "diagnosis"])
        .default("training"),
    )
    .action(async (path: string, options: Options) => {
      const file = await openInput(path);
      const profile = await profileFile(cli, file, options);
      const { features, classes } = profile;
      const constant = features.filter((feature) => feature.constant).map(({ name }) => visible(name));
      const lines = [
        output.text("profile-head", { file: file.name, size: formatBytes(profile.sizeBytes) }),
        output.text("profile-rows", {
          rows: formatCount(profile.rows),
          features: features.length,
          constant: constant.length,
          names: listed(constant, output.language),
          duplicates: formatCount(profile.duplicateRows),
        }),
        output.text("profile-gaps", { share: formatShare(profile.missingShare) }),
        `SHA-256 ${profile.sha256}`,
      ];
      if (classes.length > 0) {
        const header = [profile.labelColumn ?? "label", output.text("column-rows"), output.text("column-share")];
        const rows = classes.map(({ name, rows }) => [name, rows, formatShare(rows / profile.rows)]);
        lines.push("", formatTable(header, rows));
      }
      const header = ["KPI", output.text("column-gaps"), "min", output.text("column-median"), "max"];
      const shown = features.map((feature) => [
        feature.name,
        feature.missing,
        number(feature.min),
        number(feature.quantiles?.[2] ?? null),
        number(feature.max),
      ]);
      lines.push("", formatTable(header, shown));
      output.result(profile, lines);
    });
}

/** With a colon before the first, as the end of a sentence. */
function listed(names: readonly string[], language: Language): string {
  if (names.length === 0) return "";
  return `${language === "zh" ? "：" : ": "}${listNames(names, language, mostNamed)}`;
}

function number(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(6)));
}
