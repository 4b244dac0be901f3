import type { Condition } from "./condition.ts";
import type { Pattern } from "./pattern.ts";

/** Who a statement of a resource policy (a bucket policy) speaks of. */
export type PrincipalMatch =
  | { readonly kind: "everyone" }
  | { readonly kind: "aws"; readonly arns: readonly Pattern[] }
  | { readonly kind: "service" };

export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: { readonly patterns: readonly Pattern[]; readonly negated: boolean };
  readonly resources: { readonly patterns: readonly Pattern[]; readonly negated: boolean };
  readonly conditions: readonly Condition[];
  /** Absent in identity policies: they speak of whoever holds them. */
  readonly principals?: readonly PrincipalMatch[];
}

/** A policy document that was read and checked by `loadPolicy`. */
export interface Policy {
  readonly statements: readonly Statement[];
}

/** Everything on everything, for the operator of the local stack. */
export const administratorPolicy: Policy = {
  statements: [
    {
      sid: "Administrator",
      effect: "Allow",
      actions: { patterns: [{ text: "*", expression: /^/ }], negated: false },
      resources: { patterns: [{ text: "*", expression: /^/ }], negated: false },
      conditions: [],
    },
  ],
};
