import { readFileSync } from "node:fs";
import { type ParseArgsConfig, parseArgs } from "node:util";

/**
 * The options of a benchmark, as `parseArgs` reads them. With `--help` the process ends after the comment at the head of
 * the file, and with exit code 2 where it was called in another way than that says.
 * @param file of the benchmark
 */
export function readOptions<const Config extends ParseArgsConfig>(
  file: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  if (process.argv.slice(2).includes("--help")) {
    process.stdout.write(usageOf(file));
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    endWithUsage(file, error instanceof Error ? error.message : String(error));
  }
}

/** @param problem with how the benchmark was called */
export function endWithUsage(file: string, problem: string): never {
  process.stderr.write(`${problem}\n\n${usageOf(file)}`);
  process.exit(2);
}

/** The comment at the head of a file, without its marks. */
export function usageOf(file: string): string {
  const [, comment = ""] = /^\/\*\*\n([\s\S]*?) \*\/\n/.exec(readFileSync(file, "utf8")) ?? [];
  return comment.replace(/^ \* ?/gm, "");
}
