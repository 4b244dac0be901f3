import type { LeaderboardEntry } from "@systemhealer/contract/leaderboard";
import { LearnerSettings, type TrainingSettings } from "@systemhealer/contract/training-settings";

export type SettingValue = string | number | boolean | readonly (string | number)[];

/** A training's settings as one flat list: the learner's first, in the contract's order. */
export function flatSettings(settings: TrainingSettings | LearnerSettings): [name: string, value: SettingValue][] {
  const { learner, ...common } = settings;
  const flat = typeof learner === "string" ? settings : { ...learner, ...common };
  return Object.entries(flat).flatMap(([name, value]) =>
    isPlain(value) ? [[name, value] as [string, SettingValue]] : [],
  );
}

/** Those of a learner's settings that are not its defaults. */
export function ownSettings(settings: LearnerSettings): [name: string, value: SettingValue][] {
  const { data } = LearnerSettings.safeParse({ learner: settings.learner });
  const defaults = new Map(data ? flatSettings(data) : []);
  return flatSettings(settings).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults.get(name)));
}

/** What tells a learner that was compared from the others; reports of earlier versions say nothing of KPIs and rows. */
export function entrySettings({ settings, selection, classWeights }: LeaderboardEntry): [string, SettingValue][] {
  const told: [string, SettingValue | undefined][] = [
    ["selection", selection],
    ["classWeights", classWeights],
  ];
  return [
    ...ownSettings(settings),
    ...told.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, SettingValue]])),
  ];
}

export interface SettingRow {
  readonly name: string;
  /** One for each model; undefined where its learner has no such setting. */
  readonly values: readonly (SettingValue | undefined)[];
  /** Among those that have it. */
  readonly differs: boolean;
}

/** Every setting that any of the models has, beside each other. */
export function settingRows(settings: readonly TrainingSettings[]): SettingRow[] {
  const columns = settings.map((entry) => new Map(flatSettings(entry)));
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  return names.map((name) => {
    const values = columns.map((column) => column.get(name));
    const known = values.filter((value) => value !== undefined);
    return { name, values, differs: new Set(known.map((value) => JSON.stringify(value))).size > 1 };
  });
}

function isPlain(value: unknown): value is SettingValue {
  return Array.isArray(value)
    ? value.every((item) => typeof item === "string" || typeof item === "number")
    : ["string", "number", "boolean"].includes(typeof value);
}
