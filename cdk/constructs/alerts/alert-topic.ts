import { Duration } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Access } from "../access/access.ts";
import { stageOf } from "../stage/stage-scope.ts";

/** What administrators are told: failed runs, by the functions; trouble with the system itself, by alarms. */
export class AlertTopic extends Construct {
  readonly topic: Topic;
  readonly #key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { config, removalPolicy } = stageOf(this);
    // CloudWatch cannot publish to a topic under the key that AWS manages.
    this.#key = new Key(this, "Key", {
      description: "Encrypts the alert topic",
      enableKeyRotation: true,
      pendingWindow: Duration.days(7),
      removalPolicy,
    });
    this.topic = new Topic(this, "Topic", { masterKey: this.#key, enforceSSL: true });
    this.topic.grantPublish(new ServicePrincipal("cloudwatch.amazonaws.com"));

    const { email, monthlyBudgetUsd } = config.alerts;
    if (email) this.topic.addSubscription(new EmailSubscription(email));
    if (email && monthlyBudgetUsd) this.#addBudget(email, monthlyBudgetUsd);
  }

  access(): Access<{ readonly ALERT_TOPIC_ARN: string }> {
    return {
      variables: { ALERT_TOPIC_ARN: this.topic.topicArn },
      statements: [
        { actions: ["sns:Publish"], resources: [this.topic.topicArn] },
        { actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [this.#key.keyArn] },
      ],
    };
  }

  /** Tells as soon as the metric's sum over five minutes is one or more. */
  alarmOnAny(scope: Construct, id: string, metric: IMetric, description: string): Alarm {
    const alarm = new Alarm(scope, id, {
      metric,
      alarmDescription: description,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }

  #addBudget(address: string, amount: number): void {
    new CfnBudget(this, "Budget", {
      budget: {
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount, unit: "USD" },
      },
      notificationsWithSubscribers: [
        {
          notification: { notificationType: "ACTUAL", comparisonOperator: "GREATER_THAN", threshold: 80 },
          subscribers: [{ subscriptionType: "EMAIL", address }],
        },
        {
          notification: { notificationType: "FORECASTED", comparisonOperator: "GREATER_THAN", threshold: 100 },
          subscribers: [{ subscriptionType: "EMAIL", address }],
        },
      ],
    });
  }
}
