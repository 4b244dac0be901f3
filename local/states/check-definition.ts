import validateAsl from "asl-validator";
import { isObject, type JsonObject, listOf, objectOf, textOf } from "../template/json.ts";
import { allStates, innerMachines, type StateEntry, textsIn } from "./definition.ts";
import { parameterProblems } from "./task-resources.ts";

const machineFields = ["StartAt", "States", "TimeoutSeconds", "Comment", "Version", "QueryLanguage"];
const everyState = ["Type", "Comment", "QueryLanguage", "InputPath", "OutputPath"];
const stateFields: Readonly<Record<string, readonly string[]>> = {
  Task: ["Resource", "Parameters", "ResultSelector", "ResultPath", "Retry", "Catch", "TimeoutSeconds", "Next", "End"],
  Map: [
    "ItemProcessor",
    "Iterator",
    "ItemsPath",
    "ItemSelector",
    "Parameters",
    "MaxConcurrency",
    "ResultSelector",
    "ResultPath",
    "Catch",
    "Label",
    "ToleratedFailureCount",
    "ToleratedFailurePercentage",
    "Next",
    "End",
  ],
  Parallel: ["Branches", "Parameters", "ResultSelector", "ResultPath", "Catch", "Next", "End"],
  Pass: ["Result", "Parameters", "ResultPath", "Next", "End"],
  Wait: ["Seconds", "SecondsPath", "Timestamp", "TimestampPath", "Next", "End"],
  Choice: ["Choices", "Default"],
  Succeed: [],
  Fail: ["Error", "Cause", "ErrorPath", "CausePath"],
};
const retrierFields = [
  "ErrorEquals",
  "IntervalSeconds",
  "MaxAttempts",
  "BackoffRate",
  "MaxDelaySeconds",
  "JitterStrategy",
  "Comment",
];
const catcherFields = ["ErrorEquals", "Next", "ResultPath", "Comment"];
const contextPaths = ["$$.Execution.Id", "$$.Execution.Name", "$$.StateMachine.Id", "$$.StateMachine.Name"];
const outermostContextPaths = ["$$.Execution.Input", "$$.Execution.StartTime"];

/**
 * All in a state machine's definition that is wrong, or that the interpreter would leave out without a word
 * (JSONata, `Assign`, `ItemReader`, heartbeats, retried Map states …). Empty where it can run.
 */
export function checkDefinition(definition: JsonObject): string[] {
  const { isValid, errorsText } = validateAsl(structuredClone(definition), {
    checkArn: false,
    checkPaths: true,
  });
  if (!isValid) return errorsText("\n").split("\n");
  const problems = unknownFields(definition, machineFields, "the machine");
  for (const entry of allStates(definition)) {
    problems.push(...stateProblems(entry).map((problem) => `state ${entry.name}: ${problem}`));
  }
  return problems;
}

function stateProblems({ name, state, around }: StateEntry): string[] {
  const type = textOf(state.Type) ?? "";
  const problems = unknownFields(state, [...everyState, ...(stateFields[type] ?? [])], "it");
  if (state.QueryLanguage !== undefined && state.QueryLanguage !== "JSONPath") problems.push("only JSONPath is read");
  for (const retrier of listOf(state.Retry)) problems.push(...unknownFields(objectOf(retrier), retrierFields, "Retry"));
  for (const catcher of listOf(state.Catch)) problems.push(...unknownFields(objectOf(catcher), catcherFields, "Catch"));
  if (type === "Task") {
    problems.push(...parameterProblems(state));
    if (around.length > 0 && textOf(state.Resource)?.includes("ecs:")) {
      problems.push("a container inside a Map or Parallel state is not stopped with its siblings");
    }
  }
  if (type === "Pass" && "Result" in state && !state.Result) {
    problems.push(`Result ${JSON.stringify(state.Result)} would be taken for none`);
  }
  if (type === "Map") problems.push(...mapProblems(state));
  problems.push(...contextProblems(state, around, name));
  return problems;
}

function mapProblems(state: JsonObject): string[] {
  const problems: string[] = [];
  for (const field of ["ToleratedFailureCount", "ToleratedFailurePercentage"]) {
    if (Number(state[field] ?? 0) !== 0) problems.push(`${field} above 0 is not honoured`);
  }
  const [inner] = innerMachines(state);
  problems.push(...unknownFields(inner ?? {}, ["StartAt", "States", "Comment", "ProcessorConfig"], "ItemProcessor"));
  problems.push(...unknownFields(objectOf(inner?.ProcessorConfig), ["Mode", "ExecutionType"], "ProcessorConfig"));
  return problems;
}

function contextProblems(state: JsonObject, around: readonly string[], name: string): string[] {
  const { ItemProcessor: _, Iterator: __, Branches: ___, ItemSelector: selector, ...own } = state;
  const perItem = [...textsIn(selector), ...(state.Type === "Map" ? textsIn(state.Parameters) : [])];
  const all = [...textsIn(own), ...perItem].flatMap((text) => text.match(/\$\$\.[\w.]+/g) ?? []);
  const known = around.length > 0 ? contextPaths : [...contextPaths, ...outermostContextPaths];
  return all
    .filter((path) => !known.some((start) => path === start || path.startsWith(`${start}.`)))
    .filter((path) => !(path.startsWith("$$.Map.Item.") && perItem.some((text) => text.includes(path))))
    .map((path) => `${path} of the context object is not known at ${name}`);
}

function unknownFields(value: JsonObject, known: readonly string[], where: string): string[] {
  if (!isObject(value)) return [];
  return Object.keys(value)
    .filter((field) => !known.includes(field))
    .map((field) => `field ${field} of ${where} is not honoured`);
}
