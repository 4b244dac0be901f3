import { ArnFormat, type Duration, Stack } from "aws-cdk-lib";
import { DefinitionBody, type IChainable, LogLevel, QueryLanguage, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import type { Access } from "../access/access.ts";
import type { AlertTopic } from "../alerts/alert-topic.ts";
import { HouseLogGroup } from "../logs/house-log-group.ts";

export interface WorkflowProps<Variable extends string> {
  /** The variable that names the machine to those who may use it. */
  readonly variable: Variable;
  readonly start: IChainable;
  /** Of a whole execution. */
  readonly timeout: Duration;
  readonly alerts: AlertTopic;
}

export type WorkflowAction = "StartExecution" | "StopExecution" | "DescribeExecution";

/** A state machine as all of ours are: JSONPath, traced, its errors logged, an alarm on executions that fail. */
export class Workflow<Variable extends string> extends Construct {
  readonly machine: StateMachine;
  readonly #variable: Variable;

  constructor(scope: Construct, id: string, props: WorkflowProps<Variable>) {
    super(scope, id);
    this.#variable = props.variable;
    this.machine = new StateMachine(this, "Machine", {
      definitionBody: DefinitionBody.fromChainable(props.start),
      queryLanguage: QueryLanguage.JSON_PATH,
      timeout: props.timeout,
      tracingEnabled: true,
      logs: { destination: new HouseLogGroup(this, "Logs"), level: LogLevel.ALL, includeExecutionData: true },
    });
    props.alerts.alarmOnAny(this, "Failed", this.machine.metricFailed(), `${id}: an execution failed`);
    props.alerts.alarmOnAny(this, "TimedOut", this.machine.metricTimedOut(), `${id}: an execution ran out of time`);
  }

  access(...actions: readonly WorkflowAction[]): Access<Readonly<Record<Variable, string>>> {
    const executions = Stack.of(this).formatArn({
      service: "states",
      resource: "execution",
      resourceName: `${this.machine.stateMachineName}:*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const onMachine = actions.filter((action) => action === "StartExecution");
    const onExecutions = actions.filter((action) => action !== "StartExecution");
    const named = (list: readonly WorkflowAction[]) => list.map((action) => `states:${action}`);
    return {
      variables: { [this.#variable]: this.machine.stateMachineArn } as Readonly<Record<Variable, string>>,
      statements: [
        { actions: named(onMachine), resources: [this.machine.stateMachineArn] },
        { actions: named(onExecutions), resources: [executions] },
      ].filter((statement) => statement.actions.length > 0),
    };
  }
}
