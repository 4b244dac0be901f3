import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Alerts } from "@systemhealer/domain/ports/alerts";

/** A subject of SNS is one line of less than 100 characters. */
const maxSubject = 99;

export function snsAlerts(topicArn: string, client: SNSClient = new SNSClient({})): Alerts {
  return {
    async raise({ subject, body }) {
      const plain = subject.replace(/[^\x20-\x7e]/g, "?").slice(0, maxSubject);
      const Message = escapeUnseen(JSON.stringify({ schema: "alert.v1", subject, ...body }, null, 2));
      await client.send(new PublishCommand({ TopicArn: topicArn, Subject: plain, Message }));
    },
  };
}

/** JSON leaves these as they are; in a mail they would turn the line or break it. */
function escapeUnseen(json: string): string {
  const unseen = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
  return json.replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
