import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

/** Who is signed in where. Holds secrets: only the user may read its file. */
export const Session = z.object({
  schema: z.literal("session.v1"),
  apiUrl: z.string(),
  region: z.string(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
  cognitoEndpoint: z.string().optional(),
  email: z.string(),
  /** Cognito's own name of the user. */
  userName: z.string(),
  idToken: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
});
export type Session = z.infer<typeof Session>;

/** `$XDG_CONFIG_HOME/systemhealer`, `%APPDATA%\systemhealer`, else `~/.config/systemhealer`. */
function configFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const base =
    environment.XDG_CONFIG_HOME || (process.platform === "win32" && environment.APPDATA) || join(homedir(), ".config");
  return join(base, "systemhealer");
}

const fileName = "session.json";

/** @returns undefined where nobody is signed in, or the file is not readable as a session */
export async function readSession(): Promise<Session | undefined> {
  const value = await readPrivate(fileName);
  const parsed = Session.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

export async function writeSession(session: Session): Promise<void> {
  await writePrivate(fileName, session);
}

export async function forgetSession(): Promise<void> {
  await rm(join(configFolder(), fileName), { force: true });
}

/** @returns undefined where there is no such file or it is no JSON */
export async function readPrivate(name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(configFolder(), name), "utf8"));
  } catch {
    return undefined;
  }
}

/** Replaces the file as a whole; mode 0600 in a folder of mode 0700. */
export async function writePrivate(name: string, value: unknown): Promise<void> {
  const folder = configFolder();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, name);
  const temporary = `${target}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  await chmod(temporary, 0o600);
  await rename(temporary, target);
}
