/** What the process says to its caller. Each is explained in the help. */
export const exitCode = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  input: 3,
  forbidden: 4,
  conflict: 5,
  runFailed: 6,
  unreachable: 7,
  interrupted: 130,
  outputClosed: 141,
  terminated: 143,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
