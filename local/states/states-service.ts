import { randomUUID } from "node:crypto";
import { authorize } from "../access/authorize.ts";
import type { JsonRequest, JsonService } from "../aws/json-service.ts";
import { ServiceError } from "../aws/service-error.ts";
import type { JsonObject } from "../template/json.ts";
import { numberOf, textOf } from "../template/json.ts";
import { type ExecutionRecord, maxPayloadBytes } from "./execution.ts";
import type { StateMachine } from "./state-machine.ts";

const maxRunning = 1_000;

/** Step Functions: start, stop, describe and list executions, and their history. */
export function statesService(machines: readonly StateMachine[]): JsonService {
  return {
    signingName: "states",
    targetPrefix: "AWSStepFunctions",
    contentType: "application/x-amz-json-1.0",
    async handle({ operation, input, principal }) {
      switch (operation) {
        case "StartExecution":
          return startExecution(machines, input, principal);
        case "DescribeExecution": {
          const { record } = executionOf(machines, input, principal, "states:DescribeExecution");
          return describe(record, true);
        }
        case "StopExecution": {
          const { machine, record } = executionOf(machines, input, principal, "states:StopExecution");
          const [error, cause] = [textOf(input.error), textOf(input.cause)];
          await machine.abort(record.name, {
            status: "ABORTED",
            ...(error === undefined ? {} : { error }),
            ...(cause === undefined ? {} : { cause }),
          });
          return { stopDate: (machine.get(record.name)!.stopDate ?? Date.now()) / 1000 };
        }
        case "ListExecutions": {
          const machine = machineOf(machines, textOf(input.stateMachineArn));
          authorize(principal, "states:ListExecutions", machine.config.arn);
          return list(machine, input);
        }
        case "GetExecutionHistory": {
          const { record } = executionOf(machines, input, principal, "states:GetExecutionHistory");
          return history(record, input);
        }
        default:
          throw new ServiceError("UnknownOperationException", `${operation} is not served by the local stack`);
      }
    },
  };
}

/** Same name and same input while it runs: the same execution. Any other use of a taken name is refused. */
function startOnce(machine: StateMachine, name: string, input: string): ExecutionRecord {
  const former = machine.get(name);
  if (!former) return machine.start(name, input);
  if (former.status === "RUNNING" && former.input === input) return former;
  throw new ServiceError("ExecutionAlreadyExists", `Execution Already Exists: '${former.executionArn}'`);
}

function startExecution(
  machines: readonly StateMachine[],
  input: JsonObject,
  principal: JsonRequest["principal"],
): JsonObject {
  const machine = machineOf(machines, textOf(input.stateMachineArn));
  authorize(principal, "states:StartExecution", machine.config.arn);
  const name = textOf(input.name) ?? randomUUID();
  const text = textOf(input.input) ?? "{}";
  if (!/^[\w.-]{1,80}$/.test(name)) throw new ServiceError("InvalidName", `Invalid Name: '${name}'`);
  if (Buffer.byteLength(text) > maxPayloadBytes) {
    throw new ServiceError("InvalidExecutionInput", "Invalid execution input: over 262144 bytes");
  }
  try {
    JSON.parse(text);
  } catch {
    throw new ServiceError("InvalidExecutionInput", "Invalid execution input: not JSON");
  }
  if (machine.list().filter(({ status }) => status === "RUNNING").length >= maxRunning) {
    throw new ServiceError("ExecutionLimitExceeded", `${maxRunning} executions run already`);
  }
  const record = startOnce(machine, name, text);
  return { executionArn: record.executionArn, startDate: record.startDate / 1000 };
}

function machineOf(machines: readonly StateMachine[], arn: string | undefined): StateMachine {
  const machine = machines.find(({ config }) => config.arn === arn);
  if (!machine) throw new ServiceError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
  return machine;
}

function executionOf(
  machines: readonly StateMachine[],
  input: JsonObject,
  principal: JsonRequest["principal"],
  action: string,
): { readonly machine: StateMachine; readonly record: ExecutionRecord } {
  const arn = textOf(input.executionArn) ?? "";
  authorize(principal, action, arn);
  for (const machine of machines) {
    const name = arn.slice(arn.lastIndexOf(":") + 1);
    const record = machine.executionArn(name) === arn ? machine.get(name) : undefined;
    if (record) return { machine, record };
  }
  throw new ServiceError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
}

function describe(record: ExecutionRecord, whole: boolean): JsonObject {
  const { executionArn, stateMachineArn, name, status, startDate, stopDate, input, output, error, cause } = record;
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: startDate / 1000,
    ...(stopDate === undefined ? {} : { stopDate: stopDate / 1000 }),
    ...(whole ? { input } : {}),
    ...(whole && output !== undefined ? { output } : {}),
    ...(whole && error !== undefined ? { error } : {}),
    ...(whole && cause !== undefined ? { cause } : {}),
  };
}

function list(machine: StateMachine, input: JsonObject): JsonObject {
  const wanted = textOf(input.statusFilter);
  const found = machine.list().filter(({ status }) => wanted === undefined || status === wanted);
  const { items, nextToken } = page(found, input, 100);
  return { executions: items.map((record) => describe(record, false)), ...nextToken };
}

function history(record: ExecutionRecord, input: JsonObject): JsonObject {
  const events = input.reverseOrder === true ? record.history.toReversed() : record.history;
  const { items, nextToken } = page(events, input, 100);
  return {
    events: items.map(({ id, type, timestamp, stateName, error, cause }) => {
      const details = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
      return {
        id,
        previousEventId: id - 1,
        type,
        timestamp: timestamp / 1000,
        ...(type.endsWith("StateEntered") ? { stateEnteredEventDetails: { name: stateName ?? "" } } : {}),
        ...(type.endsWith("StateExited") ? { stateExitedEventDetails: { name: stateName ?? "" } } : {}),
        ...(type === "TaskFailed" ? { taskFailedEventDetails: details } : {}),
        ...(type === "ExecutionFailed" ? { executionFailedEventDetails: details } : {}),
      };
    }),
    ...nextToken,
  };
}

function page<T>(
  items: readonly T[],
  input: JsonObject,
  byDefault: number,
): { items: readonly T[]; nextToken: { nextToken?: string } } {
  const from = numberOf(input.nextToken) ?? 0;
  const size = Math.min(numberOf(input.maxResults) ?? byDefault, 1_000) || byDefault;
  const more = from + size < items.length;
  return { items: items.slice(from, from + size), nextToken: more ? { nextToken: String(from + size) } : {} };
}
