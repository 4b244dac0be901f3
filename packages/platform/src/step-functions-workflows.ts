import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { RunKind } from "@systemhealer/contract/run";
import type { ExecutionState, Workflows } from "@systemhealer/domain/ports/workflows";

export interface StateMachines {
  readonly ingest?: string;
  readonly training?: string;
  readonly diagnosis?: string;
}

/** Clusterings and adaptations are the trainer's work, too. */
function machineOf(kind: RunKind): "training" | "diagnosis" {
  return kind === "diagnosis" ? "diagnosis" : "training";
}

/** @param machines ARNs of the state machines that the caller may touch; another one is a fault of the program */
export function stepFunctionsWorkflows(machines: StateMachines, client: SFNClient = new SFNClient({})): Workflows {
  function arnOf(machine: keyof StateMachines): string {
    const arn = machines[machine];
    if (!arn) throw new Error(`This function was not told the ${machine} machine`);
    return arn;
  }
  const executionArn = (machine: keyof StateMachines, name: string): string =>
    `${arnOf(machine).replace(":stateMachine:", ":execution:")}:${name}`;

  async function start(machine: keyof StateMachines, name: string, input: object): Promise<void> {
    try {
      await client.send(
        new StartExecutionCommand({ stateMachineArn: arnOf(machine), name, input: JSON.stringify(input) }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }

  async function state(machine: keyof StateMachines, name: string): Promise<ExecutionState> {
    try {
      const { status } = await client.send(new DescribeExecutionCommand({ executionArn: executionArn(machine, name) }));
      if (status === "RUNNING" || status === "PENDING_REDRIVE") return "running";
      return status === "SUCCEEDED" ? "succeeded" : "failed";
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return "absent";
      throw error;
    }
  }

  async function stop(machine: keyof StateMachines, name: string, cause: string): Promise<void> {
    if ((await state(machine, name)) !== "running") return;
    try {
      await client.send(new StopExecutionCommand({ executionArn: executionArn(machine, name), cause }));
    } catch (error) {
      if (!(error instanceof ExecutionDoesNotExist)) throw error;
    }
  }

  return {
    startIngest: (input) => start("ingest", input.datasetId, input),
    startTraining: (input) => start("training", input.runId, input),
    startDiagnosis: (input) => start("diagnosis", input.runId, input),
    stateOfRun: (kind, runId) => state(machineOf(kind), runId),
    stateOfIngest: (datasetId) => state("ingest", datasetId),
    stopRun: (kind, runId, cause) => stop(machineOf(kind), runId, cause),
    stopIngest: (datasetId, cause) => stop("ingest", datasetId, cause),
  };
}
