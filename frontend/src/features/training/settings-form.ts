import "../../lib/zod-without-eval.ts";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { learners, type SettingsField, settingsFields } from "./settings-fields.ts";

/** Entries as they stand in the form, that of `learner` too: texts, but for switches. */
export type SettingsEntries = Readonly<Record<string, string | boolean>>;
export type EntryProblem = "notNumber" | "notWhole" | "outOfRange";

export function entriesOf(settings?: TrainingSettings): SettingsEntries {
  const flat: Record<string, unknown> = settings ? { ...settings, ...settings.learner } : {};
  return entriesFor(String(flat.learner ?? learners[0]), flat);
}

/** The entries with another learner: its own defaults, and what all learners have in common as it was. */
export function withLearner(entries: SettingsEntries, learner: string): SettingsEntries {
  const common = settingsFields(learner).filter(({ group }) => group === "split");
  return { ...entriesFor(learner, {}), ...Object.fromEntries(common.map(({ name }) => [name, entries[name] ?? ""])) };
}

export const learnerOf = (entries: SettingsEntries): string => String(entries.learner);

function entriesFor(learner: string, values: Readonly<Record<string, unknown>>): SettingsEntries {
  const fields = settingsFields(learner).map(({ name, value }) => [name, entryOf(values[name] ?? value)]);
  return { ...Object.fromEntries(fields), learner };
}

function entryOf(value: unknown): string | boolean {
  if (typeof value === "boolean") return value;
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** What is wrong with an entry; undefined where nothing is. */
export function problemOf(field: SettingsField, entry: string | boolean): EntryProblem | undefined {
  if (field.kind === "choice" || field.kind === "switch") return undefined;
  const numbers = numbersOf(String(entry));
  if (numbers.length === 0 || numbers.some((number) => !Number.isFinite(number))) return "notNumber";
  const isWhole = field.kind === "numbers" || field.whole;
  if (isWhole && numbers.some((number) => !Number.isInteger(number))) return "notWhole";
  const tooMany = field.kind === "numbers" ? numbers.length > field.maxItems : numbers.length > 1;
  return tooMany || numbers.some((number) => number < field.min || number > field.max) ? "outOfRange" : undefined;
}

function numbersOf(text: string): number[] {
  return text
    .split(/[,，\s]+/)
    .filter((part) => part !== "")
    .map(Number);
}

/** The order that the entries stand for; undefined where one of them is wrong. */
export function settingsOf(entries: SettingsEntries): TrainingSettings | undefined {
  const values: Record<"learner" | "split", Record<string, unknown>> = {
    learner: { learner: learnerOf(entries) },
    split: {},
  };
  for (const field of settingsFields(learnerOf(entries))) {
    const entry = entries[field.name] ?? "";
    if (problemOf(field, entry)) return undefined;
    values[field.group][field.name] = settingOf(field, entry);
  }
  const parsed = TrainingSettings.safeParse({ ...values.split, learner: values.learner });
  return parsed.success ? parsed.data : undefined;
}

function settingOf(field: SettingsField, entry: string | boolean): unknown {
  if (field.kind === "number") return numbersOf(String(entry))[0];
  if (field.kind === "numbers") return numbersOf(String(entry));
  return entry;
}
