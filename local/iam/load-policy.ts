import { type Condition, loadConditions } from "./condition.ts";
import { compilePattern, type Pattern } from "./pattern.ts";
import type { Policy, PrincipalMatch, Statement } from "./policy.ts";
import { PolicyError } from "./policy-error.ts";

const statementFields = new Set([
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
  "Principal",
]);

/**
 * Reads a policy document whose intrinsics are resolved (`{ Version, Statement }`).
 *
 * Without `resourcePolicy` a statement must not name a principal; with it (a bucket policy) it must.
 * Throws `PolicyError` for every element that `evaluate` would not honour.
 */
export function loadPolicy(document: unknown, options: { readonly resourcePolicy?: boolean } = {}): Policy {
  const policy = record(document, "A policy");
  for (const field of Object.keys(policy)) {
    if (!["Version", "Id", "Statement"].includes(field)) throw new PolicyError(`Unknown policy element: ${field}`);
  }
  if (policy.Version !== undefined && policy.Version !== "2012-10-17") {
    throw new PolicyError(`Unknown policy version: ${String(policy.Version)}`);
  }
  return {
    statements: list(policy.Statement).map((statement) => loadStatement(statement, options.resourcePolicy ?? false)),
  };
}

function loadStatement(value: unknown, resourcePolicy: boolean): Statement {
  const statement = record(value, "A statement");
  for (const field of Object.keys(statement)) {
    if (!statementFields.has(field)) throw new PolicyError(`Unknown statement element: ${field}`);
  }
  const { Effect: effect, Sid: sid } = statement;
  if (effect !== "Allow" && effect !== "Deny") throw new PolicyError(`Unknown effect: ${String(effect)}`);
  const hasPrincipal = statement.Principal !== undefined;
  if (hasPrincipal !== resourcePolicy) {
    throw new PolicyError(
      resourcePolicy ? "A resource policy's statement names no principal" : "An identity policy names a principal",
    );
  }
  return {
    ...(sid === undefined ? {} : { sid: String(sid) }),
    effect,
    actions: oneOf(statement, "Action", { ignoreCase: true }),
    resources: oneOf(statement, "Resource", {}),
    conditions: conditions(statement.Condition),
    ...(hasPrincipal ? { principals: principals(statement.Principal) } : {}),
  };
}

function oneOf(
  statement: Readonly<Record<string, unknown>>,
  field: "Action" | "Resource",
  options: { readonly ignoreCase?: boolean },
): { readonly patterns: readonly Pattern[]; readonly negated: boolean } {
  const positive = statement[field];
  const negative = statement[`Not${field}`];
  if ((positive === undefined) === (negative === undefined)) {
    throw new PolicyError(`A statement needs exactly one of ${field} and Not${field}`);
  }
  const patterns = texts(positive ?? negative, field).map((text) => compilePattern(text, options));
  if (patterns.length === 0) throw new PolicyError(`A statement has an empty ${field}`);
  return { patterns, negated: positive === undefined };
}

function conditions(value: unknown): Condition[] {
  if (value === undefined) return [];
  return Object.entries(record(value, "A condition")).flatMap(([operator, block]) =>
    loadConditions(operator, record(block, `Condition ${operator}`)),
  );
}

function principals(value: unknown): PrincipalMatch[] {
  if (value === "*") return [{ kind: "everyone" }];
  return Object.entries(record(value, "A principal")).map(([kind, names]): PrincipalMatch => {
    const values = texts(names, "Principal");
    switch (kind) {
      case "Service":
        return { kind: "service" };
      case "AWS":
        return values.includes("*") ? { kind: "everyone" } : { kind: "aws", arns: values.map(principalArn) };
      default:
        throw new PolicyError(`Unknown kind of principal: ${kind}`);
    }
  });
}

/** An account's number or root stands for every principal of the account; any other ARN for itself. */
function principalArn(text: string): Pattern {
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(text)?.[1];
  if (account !== undefined) {
    return { text, expression: new RegExp(`^arn:aws:(iam|sts)::${account}:`, "u") };
  }
  if (/[*?]/.test(text)) throw new PolicyError(`A principal takes no wildcards: ${text}`);
  return compilePattern(text);
}

function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PolicyError(`${what} is not an object: ${JSON.stringify(value)}`);
  }
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined) throw new PolicyError("A policy has no Statement");
  return Array.isArray(value) ? value : [value];
}

function texts(value: unknown, what: string): string[] {
  return (Array.isArray(value) ? value : [value]).map((item: unknown) => {
    if (typeof item !== "string") throw new PolicyError(`${what} is not resolved to text: ${JSON.stringify(item)}`);
    return item;
  });
}
