import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { temporaryExtension } from "./durable-file.ts";

export interface JsonFile {
  readonly name: string;
  readonly content: unknown;
}

const filesAtOnce = 64;

/** Reads every `.json` file of a folder and removes what an interrupted write left behind. */
export async function readJsonFolder(directory: string): Promise<JsonFile[]> {
  const names = await readdir(directory);
  const leftovers = names.filter((name) => name.endsWith(temporaryExtension));
  await Promise.all(leftovers.map((name) => rm(join(directory, name), { force: true })));
  const wanted = names.filter((name) => name.endsWith(".json"));
  const files: JsonFile[] = [];
  for (let i = 0; i < wanted.length; i += filesAtOnce) {
    files.push(
      ...(await Promise.all(
        wanted.slice(i, i + filesAtOnce).map(async (name): Promise<JsonFile> => {
          const text = await readFile(join(directory, name), "utf8");
          return { name, content: JSON.parse(text) };
        }),
      )),
    );
  }
  return files;
}
