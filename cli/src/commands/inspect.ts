import { createHash } from "node:crypto";
import { ModelCard as KnownCard } from "@systemhealer/contract/model-card";
import { visible } from "@systemhealer/contract/visible";
import { featuresInput, probabilitiesOutput } from "@systemhealer/ml/diagnose/graph-names";
import { ModelFileError } from "@systemhealer/ml/diagnose/model-file-error";
import type { ModelCard } from "@systemhealer/ml/pipeline/model-card";
import type { Command } from "commander";
import { addCommand, type Cli } from "../cli.ts";
import { UnusableModelError } from "../cli-error.ts";
import { readWhole } from "../files/input-file.ts";
import { openModelFile } from "../files/open-model-file.ts";
import type { Output } from "../output.ts";
import { settingsLines } from "../terminal/settings-lines.ts";
import { formatBytes, formatCount, formatScore } from "../terminal/units.ts";

export function addInspect(program: Command, cli: Cli): void {
  const { output } = cli;
  addCommand(program, cli, "inspect <model>", "command-inspect").action(async (path: string) => {
    const bytes = await readWhole(path);
    const model = await openModelFile(path, bytes);
    await model.close();
    const card = readableCard(path, model.card);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const inputs = [{ name: featuresInput, type: "float32", shape: ["N", card.features.length] }];
    const outputs = [{ name: probabilitiesOutput, type: "float32", shape: ["N", card.classes.length] }];
    const used = card.features.filter((feature) => feature.used).length;
    output.result({ schema: "inspection.v1", sizeBytes: bytes.length, sha256, inputs, outputs, card }, [
      output.text("inspect-file", { file: path, size: formatBytes(bytes.length) }),
      `SHA-256 ${sha256}`,
      output.text("inspect-trained", {
        learner: card.learner,
        rows: formatCount(card.trainingRows),
        time: card.trainedAt,
        software: card.software,
      }),
      ...scoreLines(output, card),
      ...inputs.map((tensor) => output.text("inspect-input", { ...tensor, shape: tensor.shape.join(" × ") })),
      ...outputs.map((tensor) => output.text("inspect-output", { ...tensor, shape: tensor.shape.join(" × ") })),
      output.text("inspect-features", { used, count: card.features.length }),
      `  ${card.features.map(({ name, used }) => visible(used ? name : `(${name})`)).join(", ")}`,
      output.text("inspect-classes", { classes: card.classes.map(visible).join(", ") }),
      ...(card.classesLeftOut
        ? [output.text("inspect-classes-left-out", { classes: card.classesLeftOut.map(visible).join(", ") })]
        : []),
      output.text("inspect-settings"),
      ...settingsLines(card.settings),
    ]);
  });
}

/** @throws UnusableModelError where it lacks what is shown; whether it could diagnose is another question */
function readableCard(path: string, card: ModelCard): ModelCard {
  const checked = KnownCard.safeParse(card);
  if (checked.success) return card;
  throw new UnusableModelError(
    path,
    new ModelFileError("unknown-card", checked.error.message, { cause: checked.error }),
  );
}

/** What a training measured; of an adapted model, where it comes from and what is expected of it. */
function scoreLines(output: Output, { adaptedFrom, macroF1, accuracy }: ModelCard): string[] {
  if (!adaptedFrom) {
    return [output.text("inspect-scores", { macroF1: formatScore(macroF1), accuracy: formatScore(accuracy) })];
  }
  return [
    output.text("inspect-adapted", {
      parent: adaptedFrom.modelSha256,
      rows: formatCount(adaptedFrom.rows),
      labelled: formatCount(adaptedFrom.labelledRows),
      accuracy: formatScore(accuracy),
    }),
  ];
}
