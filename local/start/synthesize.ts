import { spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomically } from "../process/write-file-atomically.ts";
import { sourceHash } from "./source-hash.ts";

/** The CDK app did not synthesize; the message holds the end of what it printed. */
export class SynthesisError extends Error {
  override readonly name = "SynthesisError";
}

const maxOutputCharacters = 20_000;
const timeoutMilliseconds = 5 * 60_000;

export interface SynthesisOptions {
  /** Absolute path of a built portal to publish. @default it is built */
  readonly portal?: string;
}

/**
 * The cloud assembly of the stage `local`: made by the CDK app, or the one of before where no source has changed.
 *
 * @param onBuild called before it is made anew, which takes seconds
 * @returns its folder. @throws SynthesisError
 */
export async function synthesize(
  repository: string,
  dataDirectory: string,
  onBuild: () => void,
  options: SynthesisOptions = {},
): Promise<string> {
  const assembly = join(dataDirectory, "assembly");
  const stamp = join(dataDirectory, "assembly.hash");
  const hash = sourceHash(repository);
  if (existsSync(join(assembly, "manifest.json")) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) {
    return assembly;
  }
  onBuild();
  const fresh = `${assembly}.new`;
  rmSync(fresh, { recursive: true, force: true });
  await runApp(repository, fresh, options);
  rmSync(stamp, { force: true });
  rmSync(assembly, { recursive: true, force: true });
  renameSync(fresh, assembly);
  writeFileAtomically(stamp, hash);
  return assembly;
}

function runApp(repository: string, out: string, { portal }: SynthesisOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const app = join(repository, "cdk", "bin", "app.ts");
    const pages = portal === undefined ? [] : ["--portal", portal];
    const child = spawn(process.execPath, ["--no-warnings", app, "--stage", "local", "--out", out, ...pages], {
      cwd: repository,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMilliseconds,
    });
    let output = "";
    const keep = (text: Buffer): void => {
      output = (output + text.toString()).slice(-maxOutputCharacters);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (cause) => reject(new SynthesisError(cause.message, { cause })));
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new SynthesisError(`The CDK app failed (${code ?? "ended by a signal"}):\n${output}`));
    });
  });
}
