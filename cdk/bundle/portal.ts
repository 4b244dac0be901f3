import { spawn } from "node:child_process";
import { join } from "node:path";

/** The portal could not be built; the message holds the end of what was printed. */
export class PortalBuildError extends Error {
  override readonly name = "PortalBuildError";
}

const maxOutputCharacters = 20_000;
const timeoutMilliseconds = 5 * 60_000;

/**
 * Builds the portal where its sources have changed, in a process of its own: the pages are made for browsers, by tools
 * that nothing here imports.
 *
 * @returns absolute path of its folder, which nothing changes any more. @throws PortalBuildError
 */
export function buildPortal(repository: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--no-warnings", join(repository, "frontend", "build.ts")], {
      cwd: join(repository, "frontend"),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMilliseconds,
      env: { ...process.env, NODE_ENV: "production" },
    });
    let output = "";
    let folder = "";
    child.stdout.on("data", (text: Buffer) => {
      folder = (folder + text.toString()).slice(-maxOutputCharacters);
    });
    child.stderr.on("data", (text: Buffer) => {
      output = (output + text.toString()).slice(-maxOutputCharacters);
    });
    child.once("error", (cause) => reject(new PortalBuildError(cause.message, { cause })));
    child.once("close", (code) => {
      if (code === 0) resolve(folder.trim().split(/\r?\n/).at(-1)!);
      else reject(new PortalBuildError(`The portal was not built (${code ?? "ended by a signal"}):\n${output}`));
    });
  });
}
