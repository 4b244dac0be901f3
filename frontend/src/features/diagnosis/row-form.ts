import type { SampleRow } from "@systemhealer/contract/diagnosis";
import type { ModelCard, Report } from "@systemhealer/contract/model-card";
import type { Profile } from "@systemhealer/contract/profile";
import type { NormalValues } from "./normal-values.ts";

/** A KPI that can be typed in. */
export interface RowField {
  readonly name: string;
  /** Median of the training file's rows without a fault, of all where none are called so; only where it is at hand. */
  readonly usual?: number;
  /** 1st and 99th percentile of these rows. */
  readonly low?: number;
  readonly high?: number;
}

export interface RowFields {
  /** The KPIs that the model leans on most, first. */
  readonly first: readonly RowField[];
  readonly rest: readonly RowField[];
}

const shownFirst = 8;

/** The KPIs of a model, by what they tell: their importance, else their score in the selection, else the file's order. */
export function rowFields(
  { features }: Pick<ModelCard, "features">,
  report: Pick<Report, "preparation" | "importance"> | undefined,
  profile: Pick<Profile, "features"> | undefined,
  normal: ReadonlyMap<string, NormalValues> = new Map(),
): RowFields {
  const importance = report?.importance?.map(({ name, mean }) => [name, mean] as const);
  const scores = report?.preparation.featureScores?.map(({ name, score }) => [name, score] as const);
  const weights = new Map(importance?.length ? importance : (scores ?? []));
  const ranges = new Map(profile?.features.map(({ name, quantiles }) => [name, quantiles]));
  const fields = features
    .filter(({ used }) => used)
    .map(({ name }): RowField => {
      const values = normal.get(name);
      if (values) return { name, usual: values.median, low: values.low, high: values.high };
      const quantiles = ranges.get(name);
      return quantiles ? { name, usual: quantiles[2]!, low: quantiles[0]!, high: quantiles[4]! } : { name };
    })
    .sort((one, other) => (weights.get(other.name) ?? -1) - (weights.get(one.name) ?? -1));
  return { first: fields.slice(0, shownFirst), rest: fields.slice(shownFirst) };
}

/** What was typed, per KPI: of all models that were looked at. */
export type TypedValues = Readonly<Record<string, string>>;

/** What is in the form: what was typed, else the usual values. */
export function rowEntries(fields: readonly RowField[], typed: TypedValues): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.map(({ name, usual }) => [
      name,
      Object.hasOwn(typed, name) ? typed[name]! : usual === undefined ? "" : plain(usual),
    ]),
  );
}

/** Four significant digits; an exponent where a number would be hard to read without. */
function plain(value: number): string {
  const size = Math.abs(value);
  const isFar = size !== 0 && (size >= 1e9 || size < 1e-4);
  return isFar ? value.toExponential(3) : String(Number(value.toPrecision(4)));
}

export interface FormRow {
  readonly row: SampleRow;
  /** Names of the fields that hold no number. */
  readonly wrong: readonly string[];
}

/** The row of the form; an empty field is a gap. */
export function formRow(entries: Readonly<Record<string, string>>): FormRow {
  const wrong: string[] = [];
  const values = Object.entries(entries).map(([name, text]): [string, number | null] => {
    const trimmed = text.trim();
    if (trimmed === "") return [name, null];
    const value = Number(trimmed);
    if (!Number.isFinite(value)) wrong.push(name);
    return [name, Number.isFinite(value) ? value : null];
  });
  return { row: Object.fromEntries(values), wrong };
}
