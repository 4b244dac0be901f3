/** Variables of the laptop that a program needs to run at all; nothing else of the caller's environment is passed on. */
const inherited = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "windir", "USERPROFILE", "LD_LIBRARY_PATH"];

export function childEnvironment(variables: Readonly<Record<string, string>>): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return { ...environment, ...variables };
}

/**
 * Options of a child that is not to hear a Ctrl+C meant for the local stack, which ends it in its own order.
 * (Windows would open a window for a detached child; there the children close their ears themselves.)
 */
export const ownGroup = { detached: process.platform !== "win32", windowsHide: true } as const;
