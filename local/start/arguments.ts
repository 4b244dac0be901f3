import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Texts, textsIn } from "./texts/texts.ts";

export interface StartArguments {
  readonly dataDirectory: string;
  /** Of the HTTP API; S3 and the other services take the next two. */
  readonly port: number;
  readonly sample: boolean;
}

/** What the command line asks for is not understood. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/** @returns "help" where the help is asked for. @throws ArgumentError */
export function readArguments(
  words: readonly string[],
  repository: string,
  texts: Texts = textsIn("en"),
): StartArguments | "help" {
  let values: { help?: boolean; data?: string; port?: string; "no-sample"?: boolean };
  try {
    values = parseArgs({
      args: [...words],
      options: {
        help: { type: "boolean", short: "h" },
        data: { type: "string" },
        port: { type: "string" },
        "no-sample": { type: "boolean" },
      },
    }).values;
  } catch (cause) {
    throw new ArgumentError((cause as Error).message, { cause });
  }
  if (values.help) return "help";
  const port = Number(values.port ?? 4400);
  if (!Number.isInteger(port) || port < 0 || port > 65_000) {
    throw new ArgumentError(texts.portInvalid(String(values.port)));
  }
  return {
    dataDirectory: values.data ?? join(repository, ".systemhealer"),
    port,
    sample: !values["no-sample"],
  };
}
