import { type Assembly, type AssemblyStack, readAssembly } from "./assembly.ts";
import { checkResources } from "./check-resources.ts";
import { resolveCondition, resolveValue, type Scope } from "./intrinsics.ts";
import { isObject, type Json, type JsonObject, objectOf } from "./json.ts";
import { account, type Identity, identify, partition, region } from "./physical-names.ts";
import type { Resource } from "./resource.ts";
import { UnsupportedTemplateError } from "./unsupported-template-error.ts";

/** All stacks of a cloud assembly, resolved. */
export interface Application {
  readonly resources: readonly Resource[];
  /** Outputs of all stacks by name, without those that only join the stacks. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly assembly: Assembly;
  ofType(...types: string[]): Resource[];
}

/**
 * Reads and resolves a cloud assembly.
 *
 * @param apiEndpoint address under which the HTTP API is served.
 * @throws UnsupportedTemplateError that lists all that cannot be honoured.
 */
export function loadApplication(assemblyDirectory: string, apiEndpoint: string): Application {
  const assembly = readAssembly(assemblyDirectory);
  const resources: Resource[] = [];
  const problems: string[] = [];
  const outputs: Record<string, string> = {};
  const exports = new Map<string, Json>();
  for (const stack of assembly.stacks) {
    if (stack.template.Transform !== undefined) problems.push(`${stack.name}: transforms are not applied`);
    const scope = scopeOf(stack, exports, apiEndpoint);
    for (const [logicalId, { Type: type, Properties = {}, Condition }] of Object.entries(
      stack.template.Resources ?? {},
    )) {
      try {
        if (Condition !== undefined && !scope.condition(Condition)) continue;
        const { ref, attributes } = scope.identity(logicalId);
        const properties = objectOf(resolveValue(Properties, scope));
        resources.push({ stack: stack.name, logicalId, type, ref, attributes, properties });
      } catch (error) {
        problems.push(`${type} ${stack.name}/${logicalId}: ${(error as Error).message}`);
      }
    }
    for (const [name, { Value, Export, Condition }] of Object.entries(stack.template.Outputs ?? {})) {
      try {
        if (Condition !== undefined && !scope.condition(Condition)) continue;
        const value = resolveValue(Value, scope) ?? "";
        if (Export) exports.set(String(resolveValue(Export.Name, scope)), value);
        if (!name.startsWith("ExportsOutput"))
          outputs[name] = typeof value === "string" ? value : JSON.stringify(value);
      } catch (error) {
        problems.push(`output ${stack.name}/${name}: ${(error as Error).message}`);
      }
    }
  }
  problems.push(...checkResources(resources));
  if (problems.length > 0) throw new UnsupportedTemplateError(problems);
  return { resources, outputs, assembly, ofType: (...types) => resources.filter(({ type }) => types.includes(type)) };
}

interface StackScope extends Scope {
  identity(logicalId: string): Identity;
}

function scopeOf(stack: AssemblyStack, exports: ReadonlyMap<string, Json>, apiEndpoint: string): StackScope {
  const { Resources = {}, Parameters = {}, Conditions = {}, Mappings = {} } = stack.template;
  const identities = new Map<string, Identity>();
  const pseudo: Record<string, Json | undefined> = {
    "AWS::AccountId": account,
    "AWS::NoValue": undefined,
    "AWS::NotificationARNs": [],
    "AWS::Partition": partition,
    "AWS::Region": region,
    "AWS::StackId": `arn:${partition}:cloudformation:${region}:${account}:stack/${stack.name}/local`,
    "AWS::StackName": stack.name,
    "AWS::URLSuffix": "amazonaws.com",
  };
  const scope: StackScope = {
    zones: [`${region}a`, `${region}b`, `${region}c`],
    ref(name) {
      if (name in pseudo) return pseudo[name];
      const parameter = Parameters[name];
      if (parameter) {
        if (parameter.Default === undefined) throw new Error(`parameter ${name} has no default`);
        return parameter.Default;
      }
      return scope.identity(name).ref;
    },
    getAtt(logicalId, attribute) {
      const value = scope.identity(logicalId).attributes[attribute];
      if (value === undefined) throw new Error(`no attribute ${attribute} of ${logicalId}`);
      return value;
    },
    importValue(name) {
      const value = exports.get(name);
      if (value === undefined) throw new Error(`no stack before this one exports ${name}`);
      return value;
    },
    mapping(map, key, second) {
      return objectOf(objectOf(Mappings[map])[key])[second];
    },
    condition(name) {
      const condition = Conditions[name];
      if (condition === undefined) throw new Error(`no condition ${name}`);
      return resolveCondition(condition, scope);
    },
    identity(logicalId) {
      const known = identities.get(logicalId);
      if (known) return known;
      const resource = Resources[logicalId];
      if (!resource) throw new Error(`no resource ${logicalId}`);
      const properties = namesIn(resource.Properties ?? {}, scope);
      const made = identify({ stack: stack.name, logicalId, type: resource.Type, properties }, apiEndpoint);
      identities.set(logicalId, made);
      return made;
    },
  };
  return scope;
}

/** The properties that give a resource its name; others may refer in circles and are left out. */
function namesIn(properties: JsonObject, scope: Scope): JsonObject {
  const names: JsonObject = {};
  for (const [key, value] of Object.entries(properties)) {
    if (!/Name$|^Family$|^CidrBlock$/.test(key) || (isObject(value) && "Fn::GetAtt" in value)) continue;
    const resolved = resolveValue(value, scope);
    if (resolved !== undefined) names[key] = resolved;
  }
  return names;
}
