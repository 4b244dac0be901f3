import {
  ExecutionAbortedError,
  ExecutionTimeoutError,
  StateMachine as Interpreter,
  type RunOptions,
  type StateMachineDefinition,
} from "aws-local-stepfunctions";
import type { Json, JsonObject } from "../template/json.ts";
import { allStates } from "./definition.ts";
import { checkPayload, type ExecutionRecord, type ExecutionStatus, type HistoryEvent } from "./execution.ts";
import type { ExecutionStore } from "./execution-store.ts";
import { historyEvent, type InterpreterEvent } from "./history.ts";
import { normalizeDefinition } from "./normalize-definition.ts";
import { TaskScope } from "./task-scope.ts";

/** Runs one task; must end soon after `signal` says that nobody waits any more. */
export type TaskHandler = (state: JsonObject, input: Json, signal: AbortSignal) => Promise<Json>;

export interface StateMachineConfig {
  readonly name: string;
  readonly arn: string;
  readonly definition: JsonObject;
  /** Told of what cannot be kept. */
  readonly log?: (line: string) => void;
}

export type Outcome = Pick<ExecutionRecord, "status" | "output" | "error" | "cause">;

interface Running {
  readonly abort: (outcome: Outcome) => void;
  readonly ended: Promise<void>;
}

/** A state machine and its executions. */
export class StateMachine {
  readonly config: StateMachineConfig;
  readonly #store: ExecutionStore;
  readonly #runTask: TaskHandler;
  readonly #definition: JsonObject;
  readonly #interpreter: Interpreter;
  readonly #running = new Map<string, Running>();

  /** @param config with a definition that `checkDefinition` passed. */
  constructor(config: StateMachineConfig, store: ExecutionStore, runTask: TaskHandler) {
    this.config = config;
    this.#store = store;
    this.#runTask = runTask;
    this.#definition = normalizeDefinition(config.definition);
    this.#interpreter = new Interpreter(this.#definition as unknown as StateMachineDefinition, {
      validationOptions: { noValidate: true },
    });
  }

  get(name: string): ExecutionRecord | undefined {
    return this.#store.get(name);
  }

  list(): ExecutionRecord[] {
    return this.#store.newestFirst();
  }

  executionArn(name: string): string {
    return `${this.config.arn.replace(":stateMachine:", ":execution:")}:${name}`;
  }

  /** @param input JSON text. The name must not be taken. */
  start(name: string, input: string): ExecutionRecord {
    const record: ExecutionRecord = {
      executionArn: this.executionArn(name),
      stateMachineArn: this.config.arn,
      name,
      status: "RUNNING",
      startDate: Date.now(),
      input,
      history: [],
    };
    this.#store.put(record);
    this.#run(record);
    return record;
  }

  /** Ends an execution and its tasks; one that has ended already is left as it is. */
  async abort(name: string, outcome: Outcome): Promise<void> {
    const running = this.#running.get(name);
    running?.abort(outcome);
    await running?.ended;
  }

  /** Resolves when the execution has ended and is kept. */
  async ended(name: string): Promise<ExecutionRecord | undefined> {
    await this.#running.get(name)?.ended;
    return this.#store.get(name);
  }

  /** Ends all executions with the outcome that a stopped stack leaves behind. */
  async stop(): Promise<void> {
    const outcome: Outcome = { status: "FAILED", error: "States.Runtime", cause: "the local stack stopped" };
    await Promise.all([...this.#running.keys()].map((name) => this.abort(name, outcome)));
  }

  #run(record: ExecutionRecord): void {
    const scope = new TaskScope();
    const execution = this.#interpreter.run(JSON.parse(record.input), {
      context: {
        Execution: { Id: record.executionArn, Name: record.name },
        StateMachine: { Id: this.config.arn, Name: this.config.name },
      },
      overrides: { taskResourceLocalHandlers: this.#taskHandlers(scope) },
    });
    let decided: Outcome | undefined;
    const abort = (outcome: Outcome): void => {
      decided ??= outcome;
      scope.close();
      execution.abort();
    };
    const history: HistoryEvent[] = [];
    const reading = (async () => {
      for await (const event of execution.eventLogs as AsyncGenerator<InterpreterEvent>) {
        const kept = historyEvent(event, history.length + 1);
        if (kept) history.push(kept);
        scope.observe(event);
        if (event.type !== "StateExited") continue;
        try {
          checkPayload(event.state?.output as Json | undefined, `The output of state ${event.state?.name}`);
        } catch (error) {
          abort(outcomeOf(error));
        }
      }
    })();
    const ended = execution.result
      .then((output): Outcome => ({ status: "SUCCEEDED", output: JSON.stringify(output ?? null) }), outcomeOf)
      .then(async (outcome) => {
        scope.close();
        await Promise.all([reading, scope.idle()]);
        const fault = this.#store.end({ ...record, ...(decided ?? outcome), stopDate: Date.now(), history });
        if (fault !== undefined) this.config.log?.(`execution ${record.name} ended but is not kept: ${String(fault)}`);
        this.#running.delete(record.name);
      });
    this.#running.set(record.name, { abort, ended });
  }

  #taskHandlers(scope: TaskScope): NonNullable<NonNullable<RunOptions["overrides"]>["taskResourceLocalHandlers"]> {
    const handlers: Record<string, (input: Json) => Promise<Json>> = {};
    for (const { name, state, around } of allStates(this.#definition)) {
      if (state.Type !== "Task") continue;
      const timeoutMilliseconds = Number(state.TimeoutSeconds) * 1000;
      handlers[name] = (input) =>
        scope.run(around, timeoutMilliseconds, async (signal) => {
          checkPayload(input, `The input of state ${name}`);
          const result = await this.#runTask(state, input, signal);
          checkPayload(result, `The result of state ${name}`);
          return result;
        });
    }
    return handlers;
  }
}

function outcomeOf(error: unknown): Outcome {
  const status = (word: ExecutionStatus): Outcome => ({ status: word });
  if (error instanceof ExecutionAbortedError) return status("ABORTED");
  if (error instanceof ExecutionTimeoutError) return status("TIMED_OUT");
  const cause = (error instanceof Error && error.name === "ExecutionError" ? error.cause : error) as Error;
  return { status: "FAILED", error: cause.name, cause: cause.message };
}
