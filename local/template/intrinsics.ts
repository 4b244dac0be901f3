import { isObject, type Json, type JsonObject, objectOf } from "./json.ts";

/** What a template's expressions may refer to. Each function throws where there is no such thing. */
export interface Scope {
  /** `Ref`: a parameter, a pseudo parameter or a resource; undefined stands for `AWS::NoValue`. */
  ref(name: string): Json | undefined;
  getAtt(logicalId: string, attribute: string): Json;
  importValue(name: string): Json;
  mapping(map: string, key: string, second: string): Json | undefined;
  condition(name: string): boolean;
  readonly zones: readonly string[];
}

/** A resolved value; undefined means that the property is to be left out. */
export function resolveValue(value: Json, scope: Scope): Json | undefined {
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, scope)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  if (keys.length === 1 && isFunctionName(keys[0]!)) return applyFunction(keys[0]!, value[keys[0]!]!, scope);
  const resolved: JsonObject = {};
  for (const key of keys) {
    const item = resolveValue(value[key]!, scope);
    if (item !== undefined) resolved[key] = item;
  }
  return resolved;
}

/** An expression of the `Conditions` section, or the name of one. */
export function resolveCondition(value: Json, scope: Scope): boolean {
  if (!isObject(value)) throw new Error(`${JSON.stringify(value)} is no condition`);
  const [name, argument] = Object.entries(value)[0] ?? [];
  if (name === "Condition") return scope.condition(String(argument));
  const operands = Array.isArray(argument) ? argument : [];
  if (name === "Fn::Equals") {
    const [left, right] = operands.map((operand) => JSON.stringify(resolveValue(operand, scope)));
    return left === right;
  }
  if (name === "Fn::Not") return !resolveCondition(operands[0]!, scope);
  if (name === "Fn::And") return operands.every((operand) => resolveCondition(operand, scope));
  if (name === "Fn::Or") return operands.some((operand) => resolveCondition(operand, scope));
  throw new Error(`${name} is no condition that is known here`);
}

function isFunctionName(key: string): boolean {
  return key === "Ref" || key.startsWith("Fn::");
}

function applyFunction(name: string, argument: Json, scope: Scope): Json | undefined {
  const resolved = (index: number): Json => required(resolveValue((argument as Json[])[index]!, scope), name);
  switch (name) {
    case "Ref":
      return scope.ref(String(argument));
    case "Fn::GetAtt": {
      const [id, ...attribute] = typeof argument === "string" ? argument.split(".") : (argument as string[]);
      return scope.getAtt(id!, attribute.join("."));
    }
    case "Fn::Join":
      return (resolved(1) as Json[]).map(text).join(String((argument as Json[])[0]));
    case "Fn::Sub":
      return substitute(argument, scope);
    case "Fn::Select": {
      const item = (resolved(1) as Json[])[Number(resolved(0))];
      if (item === undefined) throw new Error(`Fn::Select: no item ${resolved(0)}`);
      return item;
    }
    case "Fn::Split":
      return text(resolved(1)).split(String((argument as Json[])[0]));
    case "Fn::If": {
      const [condition, whenTrue, whenFalse] = argument as Json[];
      return resolveValue(scope.condition(String(condition)) ? whenTrue! : whenFalse!, scope);
    }
    case "Fn::FindInMap": {
      const [map, key, second] = [resolved(0), resolved(1), resolved(2)].map(text) as [string, string, string];
      const found = scope.mapping(map, key, second);
      if (found !== undefined) return found;
      const otherwise = (argument as Json[])[3];
      if (isObject(otherwise) && otherwise.DefaultValue !== undefined)
        return resolveValue(otherwise.DefaultValue, scope);
      throw new Error(`Fn::FindInMap: nothing at ${map}.${key}.${second}`);
    }
    case "Fn::ImportValue":
      return scope.importValue(text(required(resolveValue(argument, scope), name)));
    case "Fn::GetAZs":
      return [...scope.zones];
    case "Fn::Base64":
      return Buffer.from(text(required(resolveValue(argument, scope), name))).toString("base64");
    default:
      throw new Error(`${name} is not known here`);
  }
}

function substitute(argument: Json, scope: Scope): string {
  const [template, given] = Array.isArray(argument) ? [String(argument[0]), argument[1]] : [String(argument), {}];
  const variables = objectOf(given);
  return template.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith("!")) return `\${${name.slice(1)}}`;
    if (variables[name] !== undefined) {
      return text(required(resolveValue(variables[name], scope), "Fn::Sub"));
    }
    const dot = name.indexOf(".");
    const value = dot < 0 ? scope.ref(name) : scope.getAtt(name.slice(0, dot), name.slice(dot + 1));
    return text(required(value, "Fn::Sub"));
  });
}

function required(value: Json | undefined, name: string): Json {
  if (value === undefined) throw new Error(`${name}: AWS::NoValue cannot stand here`);
  return value;
}

function text(value: Json): string {
  if (typeof value === "object") throw new Error(`text is needed, found ${JSON.stringify(value)}`);
  return String(value);
}
