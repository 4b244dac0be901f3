import {
  adaptationArtefactNames,
  clusteringArtefactNames,
  type Download,
  datasetArtefactNames,
  diagnosisArtefactNames,
  modelArtefactNames,
} from "@systemhealer/contract/artefact";
import type { Client } from "@systemhealer/contract/client";
import { visible } from "@systemhealer/contract/visible";
import type { Command } from "commander";
import { connect } from "../api/connect.ts";
import { addCommand, type Cli } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { downloadTo } from "../files/download.ts";
import { localName } from "../files/local-name.ts";
import { formatBytes } from "../terminal/units.ts";

const runArtefactNames = [...diagnosisArtefactNames, ...clusteringArtefactNames, ...adaptationArtefactNames] as const;
const modelFileNames = [...modelArtefactNames, ...adaptationArtefactNames] as const;

export function addDownload(program: Command, cli: Cli): void {
  const { output, signal } = cli;
  addCommand(program, cli, "download <kind> <id> <artefact>", "command-download")
    .option("--out <file>", output.text("option-download-out"))
    .addHelpText(
      "after",
      `\n  run      ${runArtefactNames.join(" | ")}\n  model    ${modelFileNames.join(" | ")}\n  dataset  ${datasetArtefactNames.join(" | ")}`,
    )
    .action(async (kind: string, id: string, artefact: string, options: { readonly out?: string }) => {
      const { client } = await connect(output.language);
      const ask = asker(client, kind, id, artefact, signal);
      const out = options.out ?? localName((await ask()).fileName);
      const download = await downloadTo(out, ask, {
        signal,
        onProgress: (arrived, total) =>
          output.progress.show(
            output.text("stage-downloading"),
            total > 0 ? arrived / total : 1,
            `${formatBytes(arrived)} / ${formatBytes(total)}`,
          ),
      });
      const { sizeBytes, sha256, restored } = download;
      if (restored) output.note("download-restored", { file: visible(download.fileName) });
      output.result({ file: out, sizeBytes, sha256, ...(restored && { restored }) }, [
        output.text("download-done", { file: out, size: formatBytes(sizeBytes) }),
        `SHA-256 ${sha256}`,
      ]);
    });
}

/** @throws CliError where the kind has no such artefact */
function asker(
  client: Client,
  kind: string,
  id: string,
  artefact: string,
  signal: AbortSignal,
): () => Promise<Download> {
  if (kind === "run") {
    const name = oneOf(runArtefactNames, artefact);
    return () => client.call("downloadRun", { runId: id, body: { artefact: name } }, { signal });
  }
  if (kind === "model") {
    const name = oneOf(modelFileNames, artefact);
    return () => client.call("downloadModel", { modelId: id, body: { artefact: name } }, { signal });
  }
  if (kind === "dataset") {
    const name = oneOf(datasetArtefactNames, artefact);
    return () => client.call("downloadDataset", { datasetId: id, body: { artefact: name } }, { signal });
  }
  throw new CliError(exitCode.usage, "not-one-of", { value: kind, choices: "run, model, dataset" });
}

function oneOf<const Name extends string>(names: readonly Name[], value: string): Name {
  const name = names.find((known) => known === value);
  if (name === undefined) throw new CliError(exitCode.usage, "not-one-of", { value, choices: names.join(", ") });
  return name;
}
