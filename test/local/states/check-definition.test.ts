import { expect, test } from "vitest";
import { checkDefinition } from "../../../local/states/check-definition.ts";
import type { JsonObject } from "../../../local/template/json.ts";

const invoke = {
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Parameters: { FunctionName: "f", "Payload.$": "$" },
  End: true,
} satisfies JsonObject;

function machine(state: JsonObject): JsonObject {
  return { StartAt: "Only", States: { Only: state } };
}

function map(changes: JsonObject, item: JsonObject = invoke): JsonObject {
  return machine({
    Type: "Map",
    ItemsPath: "$.shards",
    ItemProcessor: {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "Item",
      States: { Item: item },
    },
    End: true,
    ...changes,
  });
}

test("a machine of what the interpreter honours passes", () => {
  expect(
    checkDefinition({
      ...machine({
        ...invoke,
        TimeoutSeconds: 30,
        Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 2 }],
        Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Failed" }],
      }),
      TimeoutSeconds: 60,
      States: {
        Only: { ...invoke, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed" }] },
        Failed: { Type: "Fail", Error: "Run", Cause: "failed" },
      },
    }),
  ).toEqual([]);
  expect(checkDefinition(map({ MaxConcurrency: 4, ResultPath: null, ToleratedFailureCount: 0 }))).toEqual([]);
});

test.each<[string, JsonObject, string]>([
  ["JSONata", machine({ Type: "Pass", QueryLanguage: "JSONata", Output: "{% 1 %}", End: true }), "JSONPath"],
  ["Assign", machine({ ...invoke, Assign: { "a.$": "$.a" } }), "Assign"],
  ["a heartbeat", machine({ ...invoke, HeartbeatSeconds: 5, TimeoutSeconds: 9 }), "HeartbeatSeconds"],
  ["a time-out by path", machine({ ...invoke, TimeoutSecondsPath: "$.t" }), "TimeoutSecondsPath"],
  ["an ItemReader", map({ ItemReader: { Resource: "arn:aws:states:::s3:getObject" } }), "ItemReader"],
  ["a ResultWriter", map({ ResultWriter: { Resource: "arn:aws:states:::s3:putObject" } }), "ResultWriter"],
  ["an ItemBatcher", map({ ItemBatcher: { MaxItemsPerBatch: 3 } }), "ItemBatcher"],
  ["tolerated failures", map({ ToleratedFailurePercentage: 10 }), "ToleratedFailurePercentage"],
  ["a retried Map", map({ Retry: [{ ErrorEquals: ["States.ALL"] }] }), "Retry"],
  ["a state of an unknown service", machine({ ...invoke, Resource: "arn:aws:states:::glue:startJobRun" }), "glue"],
  ["an unknown parameter", machine({ ...invoke, Parameters: { FunctionName: "f", Qualifier: "1" } }), "Qualifier"],
  [
    "the state's name from the context",
    machine({ ...invoke, Parameters: { FunctionName: "f", "Payload.$": "$$.State.Name" } }),
    "$$.State.Name",
  ],
  [
    "the execution's input inside a Map",
    map({}, { ...invoke, Parameters: { FunctionName: "f", "Payload.$": "$$.Execution.Input.id" } }),
    "$$.Execution.Input.id",
  ],
  ["a result that is taken for none", machine({ Type: "Pass", Result: 0, End: true }), "Result 0"],
  ["the same name twice", map({}, { Type: "Pass", End: true, Comment: "" }), ""],
])("refuses %s", (_what, definition, named) => {
  if (named === "") {
    const twice = {
      ...definition,
      States: { ...(definition.States as JsonObject), Item: { Type: "Pass", End: true } },
    };
    expect(checkDefinition(twice as JsonObject).join()).toContain("Item");
    return;
  }
  const problems = checkDefinition(definition).join("\n");
  expect(problems).toContain(named === "JSONPath" ? "Output" : named);
});
