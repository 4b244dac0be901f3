import type { Failure } from "@systemhealer/contract/failure";

/** Exit codes of a process that a signal has ended: SIGABRT, by which V8 ends when its heap is full, and SIGKILL. */
const aborted = 134;
const killed = 137;

/**
 * What the words of Step Functions, ECS and Lambda mean for a run.
 * @param seconds how long the run has taken
 */
export function failureOfExecution(
  error: { readonly Error: string; readonly Cause?: string },
  seconds: number,
): Failure {
  const cause = parseCause(error.Cause);
  switch (error.Error) {
    case "States.Timeout":
    case "States.HeartbeatTimeout":
    case "Sandbox.Timedout":
      return { code: "out-of-time", parameters: { seconds } };
    case "Runtime.OutOfMemory":
      return { code: "out-of-memory", parameters: {} };
    case "Runtime.ExitError":
      return /killed|memory/i.test(error.Cause ?? "")
        ? { code: "out-of-memory", parameters: {} }
        : { code: "worker-crashed", parameters: { reason: error.Error } };
    case "States.TaskFailed":
      return isTask(cause) ? failureOfTask(cause) : { code: "worker-crashed", parameters: { reason: error.Error } };
    default:
      return error.Error.startsWith("ECS.")
        ? { code: "could-not-start", parameters: {} }
        : { code: "worker-crashed", parameters: { reason: error.Error.slice(0, 100) } };
  }
}

interface Task {
  readonly Memory?: string;
  readonly StoppedReason?: string;
  readonly Containers: readonly { readonly ExitCode?: number; readonly Reason?: string }[];
}

/** The description of a task that has stopped, as Step Functions puts it into the cause. */
function failureOfTask(task: Task): Failure {
  const [container] = task.Containers;
  const reason = container?.Reason ?? task.StoppedReason ?? "";
  if (/OutOfMemory/i.test(reason) || container?.ExitCode === aborted) {
    return { code: "out-of-memory", parameters: task.Memory === undefined ? {} : { memoryMiB: task.Memory } };
  }
  if (container?.ExitCode === undefined) return { code: "could-not-start", parameters: {} };
  const exitCode = container.ExitCode;
  const word = exitCode === killed ? "killed" : "exit-code";
  return { code: "worker-crashed", parameters: { reason: word, exitCode } };
}

function isTask(cause: unknown): cause is Task {
  return typeof cause === "object" && cause !== null && "Containers" in cause && Array.isArray(cause.Containers);
}

function parseCause(cause: string | undefined): unknown {
  try {
    return JSON.parse(cause ?? "");
  } catch {
    return undefined;
  }
}
