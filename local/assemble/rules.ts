import { authorize } from "../access/authorize.ts";
import { roleFor } from "../access/roles.ts";
import { defaultPauses } from "../events/delivery.ts";
import type { EventRule, RuleTarget } from "../events/event-bus.ts";
import { compilePattern } from "../events/pattern.ts";
import { scheduleInterval } from "../events/schedule.ts";
import { targetInput } from "../events/target-input.ts";
import type { FunctionPool } from "../lambda/function-pool.ts";
import type { StateMachine } from "../states/state-machine.ts";
import type { Application } from "../template/application.ts";
import { type Json, type JsonObject, listOf, numberOf, objectOf, textOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import type { Functions } from "./functions.ts";
import { mayInvoke } from "./invocation-grants.ts";
import { nameOf, type Surroundings } from "./surroundings.ts";

/** Tries of an asynchronous invocation after the first, as in Lambda. */
const defaultFunctionRetries = 2;
const defaultRuleRetries = 185;
/** No laptop needs more. */
const mostRetries = 20;

/**
 * The template's rules that are enabled.
 *
 * @throws UnsupportedTemplateError for a pattern, schedule or target that would not be honoured.
 */
export function eventRules(
  surroundings: Surroundings,
  functions: Functions,
  machines: readonly StateMachine[],
): EventRule[] {
  const problems: string[] = [];
  const rules: EventRule[] = [];
  for (const resource of surroundings.application.ofType("AWS::Events::Rule")) {
    if (resource.properties.State === "DISABLED") continue;
    try {
      rules.push(ruleOf(resource, surroundings, functions, machines));
    } catch (error) {
      if (error instanceof UnsupportedTemplateError) problems.push(...error.problems);
      else problems.push(`${nameOf(resource)}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new UnsupportedTemplateError(problems);
  return rules;
}

function ruleOf(
  resource: Resource,
  surroundings: Surroundings,
  functions: Functions,
  machines: readonly StateMachine[],
): EventRule {
  const { EventPattern, ScheduleExpression, Targets } = resource.properties;
  const schedule = textOf(ScheduleExpression);
  const everyMilliseconds = schedule === undefined ? undefined : scheduleInterval(schedule);
  if (schedule !== undefined && everyMilliseconds === undefined) {
    throw new Error(`property ScheduleExpression: ${schedule} is not honoured here, only rate(…)`);
  }
  const neverSent = EventPattern === undefined ? [] : eventsNeverSent(objectOf(EventPattern));
  if (neverSent.length > 0) throw new Error(`property EventPattern: ${neverSent.join(", ")} events are not sent here`);
  const targets = listOf(Targets).map(objectOf);
  return {
    name: resource.ref,
    arn: resource.attributes.Arn!,
    ...(EventPattern === undefined ? {} : { matches: compilePattern(objectOf(EventPattern)) }),
    ...(everyMilliseconds === undefined ? {} : { everyMilliseconds }),
    targets: targets.map((target) => {
      const machine = machines.find(({ config }) => config.arn === target.Arn);
      return machine
        ? machineTarget(resource, target, machine, surroundings)
        : functionTarget(resource, target, functions.get(textOf(target.Arn), resource), surroundings.application);
    }),
  };
}

/** What the local stack puts on the bus. */
const sentSources = ["aws.s3"];
const sentDetailTypes = ["Object Created"];

/** Events a pattern waits for by name that never come: the rule would be silent without anyone noticing. */
export function eventsNeverSent(pattern: JsonObject): string[] {
  const named = (field: string): string[] => listOf(pattern[field]).filter((value) => typeof value === "string");
  const sources = named("source").filter((source) => !sentSources.includes(source));
  return sources.length > 0 ? sources : named("detail-type").filter((type) => !sentDetailTypes.includes(type));
}

function functionTarget(rule: Resource, target: JsonObject, pool: FunctionPool, application: Application): RuleTarget {
  const { arn } = pool.config;
  if (!mayInvoke(application, arn, "events.amazonaws.com", rule.attributes.Arn!)) {
    throw new Error(`no AWS::Lambda::Permission lets it invoke ${pool.config.name}`);
  }
  const settings = application
    .ofType("AWS::Lambda::EventInvokeConfig")
    .map(({ properties }) => properties)
    .find(({ FunctionName }) => FunctionName === pool.config.name || FunctionName === arn);
  const destination = objectOf(objectOf(settings?.DestinationConfig).OnFailure).Destination;
  const queue = textOf(destination) ?? queueOf(target);
  return {
    arn,
    retry: { retries: numberOf(settings?.MaximumRetryAttempts) ?? defaultFunctionRetries, ...defaultPauses },
    ...(queue === undefined ? {} : { deadLetterQueue: queue }),
    async deliver(event) {
      const result = await pool.invoke(JSON.stringify(targetInput(target, event)));
      if (result.functionError) throw new Error(result.payload.slice(0, 2_000));
    },
  };
}

function machineTarget(
  rule: Resource,
  target: JsonObject,
  machine: StateMachine,
  { application, roles }: Surroundings,
): RuleTarget {
  const role = roleFor(application, roles, textOf(target.RoleArn), "events.amazonaws.com", rule);
  const retries = numberOf(objectOf(target.RetryPolicy).MaximumRetryAttempts) ?? defaultRuleRetries;
  const queue = queueOf(target);
  return {
    arn: machine.config.arn,
    retry: { retries: Math.min(retries, mostRetries), ...defaultPauses },
    ...(queue === undefined ? {} : { deadLetterQueue: queue }),
    async deliver(event: Json) {
      authorize(role, "states:StartExecution", machine.config.arn);
      const name = executionName(event);
      if (!machine.get(name)) machine.start(name, JSON.stringify(targetInput(target, event)));
    },
  };
}

/** One event starts one execution, however often it is delivered. */
function executionName(event: Json): string {
  const id = textOf(objectOf(event).id) ?? "";
  return `event_${id.replace(/[^\w-]/g, "_").slice(0, 70)}`;
}

function queueOf(target: JsonObject): string | undefined {
  return textOf(objectOf(target.DeadLetterConfig).Arn);
}
