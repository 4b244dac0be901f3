import { LearnerSettings, TrainingSettings } from "@systemhealer/contract/training-settings";
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
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxItems?: number;
  readonly items?: PropertySchema;
}

/** In the order of the contract; the first is the default. */
export const learners: readonly string[] = LearnerSettings.options.map(({ shape }) => shape.learner.value);

/** Every field of a training's settings with this learner, in the contract's order. */
export function settingsFields(learner: string): SettingsField[] {
  const settings = LearnerSettings.options.find(({ shape }) => shape.learner.value === learner);
  return [...fieldsOf(settings?.shape ?? {}, "learner"), ...fieldsOf(TrainingSettings.shape, "split")];
}

/** Settings that stand beside the learner, not among the expert's. */
export const isQuickField = ({ name }: SettingsField): boolean => name === "budgetSeconds";

function fieldsOf(shape: Readonly<Record<string, z.ZodType>>, group: SettingsField["group"]): SettingsField[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    if (name === "learner") return [];
    const field = fieldOf(z.toJSONSchema(schema, { io: "input" }) as PropertySchema);
    return field ? [{ name, group, ...field } as SettingsField] : [];
  });
}

function fieldOf({ type, items, ...rest }: PropertySchema): object | undefined {
  const value = rest.default;
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
