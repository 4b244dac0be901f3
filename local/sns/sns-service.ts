import { authorize } from "../access/authorize.ts";
import type { QueryService } from "../aws/json-service.ts";
import { ServiceError } from "../aws/service-error.ts";
import { TopicNotFoundError, type Topics } from "./topics.ts";

const maxMessageBytes = 256 * 1024;

/** SNS: `Publish` to a topic of the template. */
export function snsService(topics: Topics): QueryService {
  return {
    signingName: "sns",
    actions: ["Publish"],
    xmlNamespace: "http://sns.amazonaws.com/doc/2010-03-31/",
    async handle(_action, form, principal) {
      const topicArn = form.get("TopicArn") ?? "";
      const message = form.get("Message") ?? "";
      const subject = form.get("Subject");
      authorize(principal, "sns:Publish", topicArn);
      if (message === "") throw new ServiceError("InvalidParameter", "Invalid parameter: Empty message");
      if (Buffer.byteLength(message) > maxMessageBytes) {
        throw new ServiceError("InvalidParameter", "Invalid parameter: Message too long");
      }
      if (subject !== null && !/^[\x20-\x7e]{1,100}$/.test(subject)) {
        throw new ServiceError("InvalidParameter", "Invalid parameter: Subject");
      }
      try {
        return { MessageId: topics.publish({ topicArn, message, ...(subject === null ? {} : { subject }) }) };
      } catch (error) {
        if (error instanceof TopicNotFoundError) throw new ServiceError("NotFound", error.message, 404);
        throw error;
      }
    },
  };
}
