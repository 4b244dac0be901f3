import { isObject, type Json, type JsonObject, listOf } from "../template/json.ts";

/** Tests an event; made by `compilePattern`. */
export type Matcher = (event: Json | undefined) => boolean;

/** An event pattern uses what is not known here. */
export class EventPatternError extends Error {
  override readonly name = "EventPatternError";
}

/**
 * Compiles an EventBridge event pattern: every field of it must match, a list matches where one of its items does.
 * Known: exact values, `prefix`, `suffix`, `equals-ignore-case`, `wildcard`, `anything-but` (values, prefix, suffix),
 * `exists`, `numeric`, `$or`.
 *
 * @throws EventPatternError for another operator.
 */
export function compilePattern(pattern: JsonObject): Matcher {
  const fields = Object.entries(pattern).map(([name, rule]): Matcher => {
    if (name === "$or") {
      const choices = listOf(rule).map((choice) => compilePattern(choice as JsonObject));
      return (event) => choices.some((choice) => choice(event));
    }
    const matches = Array.isArray(rule) ? compileChoices(rule) : compileNested(name, rule);
    return (event) => matches(isObject(event) ? event[name] : undefined);
  });
  return (event) => fields.every((field) => field(event));
}

function compileNested(name: string, rule: Json): Matcher {
  if (!isObject(rule)) throw new EventPatternError(`${name} is neither a list nor an object`);
  const nested = compilePattern(rule);
  return (value) => (Array.isArray(value) ? value.some((item) => nested(item)) : nested(value));
}

function compileChoices(choices: readonly Json[]): Matcher {
  if (choices.length === 0) throw new EventPatternError("an empty list matches nothing");
  const tests = choices.map((choice): Matcher => {
    if (isObject(choice) && "exists" in choice) return (value) => (value !== undefined) === (choice.exists === true);
    const test = compileTest(choice);
    return (value) => value !== undefined && (Array.isArray(value) ? value.some(test) : test(value));
  });
  return (value) => tests.some((test) => test(value));
}

function compileTest(choice: Json): (value: Json) => boolean {
  if (!isObject(choice)) return (value) => value === choice;
  const [operator, operand] = Object.entries(choice)[0] ?? ["", null];
  const text =
    (test: (value: string, operand: string) => boolean): ((value: Json) => boolean) =>
    (value) =>
      typeof value === "string" && test(value, String(operand));
  if (isObject(operand) && operator !== "anything-but") {
    throw new EventPatternError(`operator ${operator} with an object is not known here`);
  }
  switch (operator) {
    case "prefix":
      return text((value, start) => value.startsWith(start));
    case "suffix":
      return text((value, end) => value.endsWith(end));
    case "equals-ignore-case":
      return text((value, other) => value.toLowerCase() === other.toLowerCase());
    case "wildcard": {
      const source = String(operand).split("*").map(escapeExpression).join(".*");
      const expression = new RegExp(`^${source}$`, "su");
      return (value) => typeof value === "string" && expression.test(value);
    }
    case "anything-but": {
      const tests = listOf(operand).map(compileTest);
      return (value) => !tests.some((test) => test(value));
    }
    case "numeric":
      return compileNumeric(listOf(operand));
    default:
      throw new EventPatternError(`operator ${operator} is not known here`);
  }
}

function compileNumeric(operand: readonly Json[]): (value: Json) => boolean {
  const tests: ((value: number) => boolean)[] = [];
  for (let at = 0; at < operand.length; at += 2) {
    const bound = Number(operand[at + 1]);
    switch (operand[at]) {
      case "<":
        tests.push((value) => value < bound);
        break;
      case "<=":
        tests.push((value) => value <= bound);
        break;
      case ">":
        tests.push((value) => value > bound);
        break;
      case ">=":
        tests.push((value) => value >= bound);
        break;
      case "=":
        tests.push((value) => value === bound);
        break;
      default:
        throw new EventPatternError(`numeric comparison ${operand[at]} is not known here`);
    }
  }
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
