import { compilePattern } from "./pattern.ts";
import { PolicyError } from "./policy-error.ts";

/** Values of condition keys for one request. A key that is absent is absent as on AWS: most operators then do not match. */
export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

export interface Condition {
  readonly key: string;
  readonly matches: (context: ConditionContext) => boolean;
}

/**
 * Condition keys that services of the local stack fill in. A policy that asks for another one is refused while it is
 * loaded, because a value that is never there would change its meaning in silence.
 *
 * `aws:SecureTransport` is always "true" here: the local stack listens on loopback only, and loopback counts as secure.
 */
const knownConditionKeys: ReadonlySet<string> = new Set(
  [
    "aws:SecureTransport",
    "aws:PrincipalArn",
    "aws:PrincipalAccount",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIp",
    "cloudwatch:namespace",
    "dynamodb:LeadingKeys",
    "ecs:cluster",
    "iam:PassedToService",
    "kms:ViaService",
    "s3:TlsVersion",
    "s3:delimiter",
    "s3:max-keys",
    "s3:prefix",
    "s3:x-amz-server-side-encryption",
  ].map((key) => key.toLowerCase()),
);

type Compare = (actual: string) => boolean;
type Operator = { readonly compile: (expected: string) => Compare; readonly negated: boolean };

const literal = (expected: string): Compare => {
  if (expected.includes("${")) throw new PolicyError(`Policy variables are not supported here: ${expected}`);
  return (actual) => actual === expected;
};
const literalIgnoringCase = (expected: string): Compare => {
  const compare = literal(expected.toLowerCase());
  return (actual) => compare(actual.toLowerCase());
};
const wildcard = (expected: string): Compare => {
  const { expression } = compilePattern(expected);
  return (actual) => expression.test(actual);
};
const numeric =
  (test: (actual: number, expected: number) => boolean) =>
  (expected: string): Compare => {
    const bound = Number(expected);
    if (expected.trim() === "" || Number.isNaN(bound))
      throw new PolicyError(`Not a number in a condition: ${expected}`);
    return (actual) => test(Number(actual), bound);
  };

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { compile: literal, negated: false },
  StringNotEquals: { compile: literal, negated: true },
  StringEqualsIgnoreCase: { compile: literalIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { compile: literalIgnoringCase, negated: true },
  StringLike: { compile: wildcard, negated: false },
  StringNotLike: { compile: wildcard, negated: true },
  ArnEquals: { compile: wildcard, negated: false },
  ArnLike: { compile: wildcard, negated: false },
  ArnNotEquals: { compile: wildcard, negated: true },
  ArnNotLike: { compile: wildcard, negated: true },
  Bool: { compile: literalIgnoringCase, negated: false },
  NumericEquals: { compile: numeric((actual, expected) => actual === expected), negated: false },
  NumericNotEquals: { compile: numeric((actual, expected) => actual === expected), negated: true },
  NumericLessThan: { compile: numeric((actual, expected) => actual < expected), negated: false },
  NumericLessThanEquals: { compile: numeric((actual, expected) => actual <= expected), negated: false },
  NumericGreaterThan: { compile: numeric((actual, expected) => actual > expected), negated: false },
  NumericGreaterThanEquals: { compile: numeric((actual, expected) => actual >= expected), negated: false },
};

/**
 * Reads one operator of a `Condition` block, e.g. `Bool: { "aws:SecureTransport": "false" }`.
 * Throws `PolicyError` for an operator or key that is not evaluated here.
 */
export function loadConditions(operatorText: string, block: Readonly<Record<string, unknown>>): Condition[] {
  return Object.entries(block).map(([key, value]) => {
    if (!knownConditionKeys.has(key.toLowerCase())) throw new PolicyError(`Unknown condition key: ${key}`);
    return { key, matches: compileCondition(operatorText, key.toLowerCase(), conditionValues(key, value)) };
  });
}

function conditionValues(key: string, value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map((item: unknown) => {
    if (typeof item !== "string" && typeof item !== "boolean" && typeof item !== "number") {
      throw new PolicyError(`A value of condition ${key} is not resolved to text: ${JSON.stringify(item)}`);
    }
    return String(item);
  });
}

function compileCondition(operatorText: string, key: string, expected: readonly string[]): Condition["matches"] {
  const parsed = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(operatorText);
  const [, quantifier, name = "", ifExists] = parsed ?? [];
  if (name === "Null" && !quantifier && !ifExists) {
    const wanted = expected.map((text) => text.toLowerCase() === "true");
    return (context) => wanted.includes(valuesOf(context, key) === undefined);
  }
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (!operator) throw new PolicyError(`Unknown condition operator: ${operatorText}`);
  const compares = expected.map(operator.compile);
  const one: Compare = (actual) => compares.some((compare) => compare(actual)) !== operator.negated;
  return (context) => {
    const actual = valuesOf(context, key);
    if (actual === undefined) return ifExists !== undefined || quantifier === "ForAllValues" || operator.negated;
    return quantifier === "ForAllValues" || operator.negated ? actual.every(one) : actual.some(one);
  };
}

function valuesOf(context: ConditionContext, key: string): readonly string[] | undefined {
  for (const [name, value] of Object.entries(context)) {
    if (name.toLowerCase() === key) return typeof value === "string" ? [value] : value;
  }
  return undefined;
}
