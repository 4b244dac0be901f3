import { join } from "node:path";
import { parseArgs } from "node:util";

export interface StartArguments {
  readonly dataDirectory: string;
  /** Of the HTTP API; S3 and the other services take the next two. */
  readonly port: number;
  readonly sample: boolean;
}

export const help = `Runs SystemHealer on this machine: the whole system, on loopback only.

  npm start -- [options]

  --port N      port of the API; S3 and the other services use the two after it (4400);
                the next free ones where they are taken
  --data DIR    where everything is kept (.systemhealer)
  --no-sample   do not load the simulated sample on the first start
  --help        show this
`;

/** What the command line asks for is not understood. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/** @returns "help" where the help is asked for. @throws ArgumentError */
export function readArguments(words: readonly string[], repository: string): StartArguments | "help" {
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
    throw new ArgumentError(`--port must be a whole number from 0 to 65000, not ${values.port}`);
  }
  return {
    dataDirectory: values.data ?? join(repository, ".systemhealer"),
    port,
    sample: !values["no-sample"],
  };
}
