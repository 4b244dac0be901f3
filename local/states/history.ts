import { type HistoryEvent, maxHistoryEvents } from "./execution.ts";

/** What the interpreter tells of an execution; only these parts are read. */
export interface InterpreterEvent {
  readonly type: string;
  readonly timestamp: number;
  readonly state?: { readonly name: string; readonly type: string; readonly output?: unknown };
  readonly parentState?: { readonly name: string };
  readonly index?: number;
  readonly Error?: string;
  readonly Cause?: unknown;
}

const stateEvents: Readonly<Record<string, string>> = {
  StateEntered: "StateEntered",
  StateExited: "StateExited",
};

/** The event in the words of GetExecutionHistory; undefined for one that AWS has no word for, or past the limit. */
export function historyEvent(event: InterpreterEvent, id: number): HistoryEvent | undefined {
  if (id > maxHistoryEvents) return undefined;
  const stateName = event.state?.name ?? event.parentState?.name;
  const cause = event.Cause === undefined ? undefined : String(event.Cause).slice(0, 2_000);
  const type = typeOf(event);
  if (type === undefined) return undefined;
  return {
    id,
    type,
    timestamp: event.timestamp,
    ...(stateName === undefined ? {} : { stateName }),
    ...(event.Error === undefined ? {} : { error: event.Error }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function typeOf(event: InterpreterEvent): string | undefined {
  const suffix = stateEvents[event.type];
  if (suffix) return `${event.state?.type}${suffix}`;
  if (event.type === "StateFailed" && event.state?.type === "Task") {
    return event.Error === "States.Timeout" ? "TaskTimedOut" : "TaskFailed";
  }
  if (event.type === "StateFailed" && event.state?.type === "Map") return "MapStateFailed";
  if (/^(MapIteration|Execution)/.test(event.type)) {
    return event.type === "ExecutionTimeout" ? "ExecutionTimedOut" : event.type;
  }
  return undefined;
}
