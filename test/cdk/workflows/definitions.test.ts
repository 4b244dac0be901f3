import { describe, expect, test } from "vitest";
import { resourcesOf, synthesize } from "../synthesis.ts";

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly ResultPath?: string | null;
  readonly ItemsPath?: string;
  readonly MaxConcurrency?: number;
  readonly ItemReader?: unknown;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly Catch?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly ResultPath: string;
    readonly Next: string;
  }[];
  readonly ItemProcessor?: Definition & { readonly ProcessorConfig: unknown };
  readonly Parameters?: Readonly<Record<string, unknown>>;
}
interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
  readonly QueryLanguage?: string;
}

/** References become their logical ids. */
function text(part: unknown): string {
  if (typeof part === "string") return part;
  const [[kind, value]] = Object.entries(part as Record<string, unknown>) as [[string, unknown]];
  return kind === "Ref" ? String(value) : (value as string[])[0]!;
}

const machines = Object.fromEntries(
  resourcesOf([synthesize("local").pipeline], "AWS::StepFunctions::StateMachine").map(([id, { Properties }]) => [
    id.replace(/Machine[0-9A-F]{8}$/, ""),
    JSON.parse(Properties.DefinitionString["Fn::Join"][1].map(text).join("")) as Definition,
  ]),
);

function statesOf(definition: Definition): [string, State][] {
  return Object.entries(definition.States).flatMap(([name, state]) => [
    [name, state] as [string, State],
    ...(state.ItemProcessor ? statesOf(state.ItemProcessor) : []),
  ]);
}

function path(definition: Definition, from = definition.StartAt): string[] {
  const state = definition.States[from]!;
  const next = state.Next ?? state.Choices?.[0]?.Next;
  return [from, ...(next ? path(definition, next) : [])];
}

test("there are three machines, and their steps are those of the architecture", () => {
  expect(Object.keys(machines).sort()).toEqual(["Diagnosis", "Ingest", "Training"]);
  expect(path(machines.Ingest!)).toEqual(["ValidateDataset", "StartFollowUp", "Ingested"]);
  expect(path(machines.Training!)).toEqual(["Train", "RegisterModel", "StartNext", "Trained"]);
  expect(path(machines.Diagnosis!)).toEqual(["PlanDiagnosis", "DiagnoseShards", "MergeResults", "Diagnosed"]);
});

describe.each(Object.entries(machines))("%s", (_, definition) => {
  const states = statesOf(definition);
  const tasks = states.filter(([, { Type }]) => Type === "Task");

  test("is written in JSONPath and ends in time", () => {
    expect(definition.QueryLanguage).toBe("JSONPath");
    expect(definition.TimeoutSeconds).toBeGreaterThan(0);
  });

  test("each state has a name of its own", () => {
    const names = states.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("each task has a timeout and is tried again after transient trouble", () => {
    for (const [, state] of tasks) {
      expect(state.TimeoutSeconds).toBeGreaterThan(0);
      expect(state.TimeoutSeconds).toBeLessThan(definition.TimeoutSeconds!);
      expect(state.Retry?.length).toBeGreaterThan(0);
      for (const { MaxAttempts } of state.Retry!) expect(MaxAttempts).toBeLessThanOrEqual(4);
    }
  });

  test("a function's unexpected errors are followed by another try, its own words and its end are not", () => {
    const first = (state: State, error: string) => {
      const fits = ({ ErrorEquals }: { readonly ErrorEquals: readonly string[] }) =>
        ErrorEquals.some((word) => word === error || word === "States.TaskFailed" || word === "States.ALL");
      return state.Retry!.find(fits)!.MaxAttempts;
    };
    const functions = tasks.filter(([name, task]) => task.Resource?.endsWith("invoke") && !name.startsWith("Record"));
    for (const [name, state] of functions) {
      for (const error of ["ThrottlingException", "InternalServerError", "SlowDown", "TimeoutError", "Error"])
        expect(first(state, error), `${name} ${error}`).toBe(2);
      for (const error of ["RunFailedError", "ConflictError", "NotFoundError", "Runtime.OutOfMemory"])
        expect(first(state, error), `${name} ${error}`).toBe(0);
    }
  });

  test("each step leads, however it fails, to the record and then to an end as failed", () => {
    const steps = Object.entries(definition.States).filter(
      ([name, { Type }]) => (Type === "Task" || Type === "Map") && !name.startsWith("Record"),
    );
    for (const [, state] of steps) {
      expect(state.Catch).toEqual([
        { ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: expect.stringMatching(/^Record\w+Failure$/) },
      ]);
      const record = definition.States[state.Catch![0]!.Next]!;
      expect(definition.States[record.Next!]!.Type).toBe("Fail");
    }
  });

  test("a function is given the state's whole input", () => {
    for (const [, { Resource, Parameters }] of tasks.filter(([, task]) => task.Resource?.endsWith(":lambda:invoke"))) {
      expect(Resource).toBe("arn:AWS::Partition:states:::lambda:invoke");
      expect(Object.keys(Parameters!)).toEqual(["FunctionName", "Payload.$"]);
      expect(Parameters!["Payload.$"]).toBe("$");
    }
  });
});

test("the trainer is told its run by its environment, and its answer does not replace the ids", () => {
  const train = machines.Training!.States.Train!;
  expect(train.Resource).toBe("arn:AWS::Partition:states:::ecs:runTask.sync");
  expect(train.ResultPath).toBeNull();
  expect(train.Parameters).toHaveProperty("Overrides.ContainerOverrides", [
    {
      Name: "trainer",
      Environment: [
        { Name: "RUN_ID", "Value.$": "$.runId" },
        { Name: "WORKSPACE_ID", "Value.$": "$.workspaceId" },
      ],
    },
  ]);
});

test("shards come from the plan itself, are spread over child executions, and their answers are dropped", () => {
  const map = machines.Diagnosis!.States.DiagnoseShards!;
  expect(map).toMatchObject({ Type: "Map", ItemsPath: "$.shards", MaxConcurrency: 2, ResultPath: null });
  expect(map.ItemReader).toBeUndefined();
  expect(map.ItemProcessor!.ProcessorConfig).toEqual({ Mode: "DISTRIBUTED", ExecutionType: "STANDARD" });
});

test("logs and traces are on", () => {
  for (const [, { Properties }] of resourcesOf([synthesize("local").pipeline], "AWS::StepFunctions::StateMachine")) {
    expect(Properties.TracingConfiguration).toEqual({ Enabled: true });
    expect(Properties.LoggingConfiguration.Level).toBe("ALL");
  }
});
