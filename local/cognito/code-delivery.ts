import { type CodePurpose, issueCode } from "./codes.ts";
import { fillTemplate, maskEmail } from "./outbox.ts";
import type { PoolContext } from "./pool-context.ts";

export type CodeDelivery = {
  readonly CodeDeliveryDetails: {
    readonly Destination: string;
    readonly DeliveryMedium: "EMAIL";
    readonly AttributeName: "email";
  };
};

/**
 * Issues a code to a user and mails it.
 * @throws LimitExceededError when too many were sent.
 */
export async function sendCode(
  context: PoolContext,
  username: string,
  purpose: CodePurpose,
  to: string,
): Promise<CodeDelivery> {
  let code = "";
  await context.store.changeUser(username, (user) => {
    const issued = issueCode(user.codes, purpose, codeContext(context, username));
    code = issued.code;
    return { ...user, codes: issued.codes };
  });
  const { subject, body } = context.settings.verificationMessage;
  const values = { code, username: to };
  await context.outbox.send({
    kind: purpose,
    to,
    username,
    subject: fillTemplate(subject, values),
    body: fillTemplate(body, values),
    secret: code,
    sentAt: new Date(context.now()).toISOString(),
  });
  return delivery(to);
}

export function codeContext(context: PoolContext, owner: string) {
  return { secret: context.keys.secret, owner, now: context.now() };
}

export function delivery(email: string): CodeDelivery {
  return {
    CodeDeliveryDetails: { Destination: maskEmail(email), DeliveryMedium: "EMAIL", AttributeName: "email" },
  };
}
