import { MlpSettings, TrainingSettings } from "@systemhealer/contract/training-settings";
import { z } from "zod";

/** What a settings field takes, read from the contract's schema, so that the form never lags behind the API. */
export type SettingsField = { readonly name: string; readonly group: "learner" | "split" } & (
  | {
      readonly kind: "number";
      readonly whole: boolean;
      readonly min: number;
      readonly max: number;
      readonly value: number;
    }
  | {
      readonly kind: "numbers";
      readonly min: number;
      readonly max: number;
      readonly maxItems: number;
      readonly value: readonly number[];
    }
  | { readonly kind: "choice"; readonly options: readonly string[]; readonly value: string }
  | { readonly kind: "switch"; readonly value: boolean }
);

interface PropertySchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxItems?: number;
  readonly items?: PropertySchema;
}

/** Every field of a training's settings but the learner itself, in the contract's order. */
export function settingsFields(): SettingsField[] {
  return [
    ...fieldsOf(MlpSettings, "learner"),
    ...fieldsOf(TrainingSettings, "split").filter(({ name }) => name !== "learner"),
  ];
}

function fieldsOf(schema: z.ZodType, group: SettingsField["group"]): SettingsField[] {
  const json = z.toJSONSchema(schema, { io: "input" }) as { properties?: Record<string, PropertySchema> };
  return Object.entries(json.properties ?? {}).flatMap(([name, property]) => {
    const field = fieldOf(property);
    return field ? [{ name, group, ...field } as SettingsField] : [];
  });
}

function fieldOf({ type, items, ...rest }: PropertySchema): object | undefined {
  const value = rest.default;
  if (rest.const !== undefined) return undefined;
  if (rest.enum) return { kind: "choice", options: rest.enum, value };
  if (type === "boolean") return { kind: "switch", value };
  if (type === "array" && items) {
    return { kind: "numbers", min: least(items), max: items.maximum, maxItems: rest.maxItems, value };
  }
  if (type === "integer" || type === "number") {
    return { kind: "number", whole: type === "integer", min: least(rest), max: rest.maximum, value };
  }
  return undefined;
}

function least({ minimum, exclusiveMinimum }: PropertySchema): number {
  return minimum ?? exclusiveMinimum ?? 0;
}
