import type { ModelView } from "@systemhealer/contract/model";
import { visible } from "@systemhealer/contract/visible";
import type { Command } from "commander";
import { connect } from "../api/connect.ts";
import { addCommand, type Cli, wholeNumber } from "../cli.ts";
import { formatTable } from "../terminal/table.ts";
import { formatBytes, formatScore } from "../terminal/units.ts";

interface PageOptions {
  readonly limit: number;
  readonly cursor?: string;
}

export function addModels(program: Command, cli: Cli): void {
  const { output, signal } = cli;
  const models = addCommand(program, cli, "models", "command-models");

  addCommand(models, cli, "list", "command-models-list")
    .option("--limit <n>", output.text("option-limit"), wholeNumber("--limit", 1), 25)
    .option("--cursor <cursor>", output.text("option-cursor"))
    .action(async (options: PageOptions) => {
      const { client } = await connect(output.language);
      const page = await client.call("listModels", { query: { ...options } }, { signal });
      const header = (["id", "active", "name", "macro-f1", "accuracy", "created"] as const).map((name) =>
        output.text(`column-${name}`),
      );
      const rows = page.items.map((model) => [
        model.modelId,
        model.active ? "*" : "",
        model.name,
        formatScore(model.macroF1),
        formatScore(model.accuracy),
        model.createdAt,
      ]);
      const more = page.nextCursor ? [output.text("more", { cursor: page.nextCursor })] : [];
      output.result(page, [formatTable(header, rows), ...more]);
    });

  addCommand(models, cli, "get <model-id>", "command-models-get").action(async (modelId: string) => {
    const { client } = await connect(output.language);
    show(cli, await client.call("getModel", { modelId }, { signal }));
  });

  addCommand(models, cli, "activate <model-id>", "command-models-activate").action(async (modelId: string) => {
    const { client } = await connect(output.language);
    show(cli, await client.call("activateModel", { modelId }, { signal }));
  });

  addCommand(models, cli, "delete <model-id>", "command-models-delete").action(async (modelId: string) => {
    const { client } = await connect(output.language);
    await client.call("deleteModel", { modelId }, { signal });
    output.result({ deleted: modelId }, [output.text("deleted", { id: modelId })]);
  });
}

function show({ output }: Cli, model: ModelView): void {
  output.result(model, [
    `${model.modelId}${model.active ? " *" : ""}  ${visible(model.name)}  ${model.learner}`,
    output.text("inspect-scores", { macroF1: formatScore(model.macroF1), accuracy: formatScore(model.accuracy) }),
    ...model.artefacts.map(({ name, sizeBytes, sha256 }) => `${name}  ${formatBytes(sizeBytes)}  ${sha256}`),
  ]);
}
