import { CliError } from "./cli-error.ts";
import { exitCode } from "./exit-code.ts";

/** Gathers options such as `0=disk-full` into classes by cluster. @throws CliError */
export function addClusterName(
  value: string,
  names: ReadonlyMap<number, string> = new Map(),
): ReadonlyMap<number, string> {
  const match = /^(-1|\d{1,4})=(.*\S.*)$/s.exec(value);
  if (!match?.[1] || !match[2]) throw new CliError(exitCode.usage, "cluster-name-invalid", { value });
  const cluster = Number(match[1]);
  if (names.has(cluster)) throw new CliError(exitCode.usage, "cluster-named-twice", { cluster });
  return new Map([...names, [cluster, match[2].trim()]]);
}
