import { createHash } from "node:crypto";
import { type ReadTable, readTable } from "@systemhealer/ml/table/read-table";
import type { Cli } from "../cli.ts";
import { type InputFile, openInput } from "../files/input-file.ts";
import { underName } from "../files/read-table-file.ts";

export interface ReadBothOptions {
  /** Path of a file with a few labelled rows. */
  readonly labelled?: string;
  readonly labelColumn?: string;
}

export interface BothTables {
  /** With its labels, where it has some. */
  readonly target: ReadTable;
  /** Lower-case hexadecimal, of the target's file. */
  readonly targetSha256: string;
  /** The few labelled rows. */
  readonly few?: ReadTable;
}

/**
 * Reads a file for a model, and a few labelled rows beside it. As in a diagnosis, columns that the model does not know
 * are passed over. The named column of labels may have a usual name in the few rows.
 * @param features of the model
 * @param onRead looks at the file's rows before the labelled ones are read
 * @throws UnusableFileError
 */
export async function readBoth(
  { signal }: Cli,
  file: InputFile,
  features: readonly { readonly name: string }[],
  { labelled, labelColumn }: ReadBothOptions,
  onRead: (target: ReadTable) => void = () => {},
): Promise<BothTables> {
  const knownFeatures = new Set(features.map(({ name }) => name));
  const own = { ...(labelColumn && { labelColumn }), knownFeatures, keepSampleIds: true, signal };
  const hash = createHash("sha256");
  const target = await underName(file, async () => {
    const table = await readTable(hashed(file.read(signal), hash), { ...own, labels: "optional" });
    onRead(table);
    return table;
  });
  const both = { target, targetSha256: hash.digest("hex") };
  if (labelled === undefined) return both;
  const few = await openInput(labelled);
  const ofFew = { ...own, labels: "required", orUsualLabel: true } as const;
  return { ...both, few: await underName(few, () => readTable(few.read(signal), ofFew)) };
}

async function* hashed(chunks: AsyncIterable<Uint8Array>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
