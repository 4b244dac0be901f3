import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Alerts } from "@systemhealer/domain/ports/alerts";

/** A subject of SNS is one line of less than 100 characters. */
const maxSubject = 99;

export function snsAlerts(topicArn: string, client: SNSClient = new SNSClient({})): Alerts {
  return {
    async raise({ subject, body }) {
      const plain = subject.replace(/[^\x20-\x7e]/g, "?").slice(0, maxSubject);
      const Message = JSON.stringify({ schema: "alert.v1", subject, ...body }, null, 2);
      await client.send(new PublishCommand({ TopicArn: topicArn, Subject: plain, Message }));
    },
  };
}
