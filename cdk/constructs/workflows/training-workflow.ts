import { Duration } from "aws-cdk-lib";
import { FargatePlatformVersion } from "aws-cdk-lib/aws-ecs";
import { IntegrationPattern, JsonPath, Succeed, Timeout } from "aws-cdk-lib/aws-stepfunctions";
import { EcsFargateLaunchTarget, EcsRunTask } from "aws-cdk-lib/aws-stepfunctions-tasks";
import { Construct } from "constructs";
import type { AlertTopic } from "../alerts/alert-topic.ts";
import type { HouseFunction } from "../function/house-function.ts";
import { stageOf } from "../stage/stage-scope.ts";
import type { TrainerTask } from "../trainer/trainer-task.ts";
import { failInto, lambdaStep } from "./steps.ts";
import { Workflow } from "./workflow.ts";

export interface TrainingWorkflowProps {
  readonly trainer: TrainerTask;
  readonly registerModel: HouseFunction;
  readonly startNext: HouseFunction;
  readonly recordRunFailure: HouseFunction;
  readonly alerts: AlertTopic;
}

/** From a queued training run to a registered model, and on to the diagnosis that was ordered with it. */
export class TrainingWorkflow extends Workflow<"TRAINING_STATE_MACHINE_ARN"> {
  constructor(scope: Construct, id: string, props: TrainingWorkflowProps) {
    const { maxHours } = stageOf(scope).config.training;
    const states = new Construct(scope, `${id}States`);
    const train = trainStep(states, props.trainer, Duration.hours(maxHours));
    const register = lambdaStep(states, "RegisterModel", props.registerModel, { result: "discarded" });
    const next = lambdaStep(states, "StartNext", props.startNext, { result: "discarded" });
    const record = lambdaStep(states, "RecordTrainingFailure", props.recordRunFailure, {
      result: "discarded",
      askAgainAfter: ["States.ALL"],
    });
    failInto(states, "TrainingFailed", record, [train, register, next]);
    super(scope, id, {
      variable: "TRAINING_STATE_MACHINE_ARN",
      start: train.next(register).next(next).next(new Succeed(states, "Trained")),
      timeout: Duration.hours(maxHours + 1),
      alerts: props.alerts,
    });
  }
}

/** Runs the trainer's container and waits until it exits. */
function trainStep(scope: Construct, trainer: TrainerTask, timeout: Duration): EcsRunTask {
  const train = EcsRunTask.jsonPath(scope, "Train", {
    integrationPattern: IntegrationPattern.RUN_JOB,
    cluster: trainer.cluster,
    taskDefinition: trainer.definition,
    launchTarget: new EcsFargateLaunchTarget({ platformVersion: FargatePlatformVersion.LATEST }),
    subnets: trainer.subnets,
    securityGroups: [trainer.securityGroup],
    // To pull its image: there is no NAT gateway.
    assignPublicIp: true,
    containerOverrides: [
      {
        containerDefinition: trainer.container,
        environment: [
          { name: "RUN_ID", value: JsonPath.stringAt("$.runId") },
          { name: "WORKSPACE_ID", value: JsonPath.stringAt("$.workspaceId") },
        ],
      },
    ],
    resultPath: JsonPath.DISCARD,
    taskTimeout: Timeout.duration(timeout),
  });
  // No task was started: the cluster was busy, or its service had trouble of its own.
  train.addRetry({
    errors: ["ECS.AmazonECSException", "ECS.ServerException", "ECS.ThrottlingException"],
    interval: Duration.seconds(10),
    backoffRate: 2,
    maxAttempts: 4,
  });
  return train;
}
