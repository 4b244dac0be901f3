import type { Quotas, QuotasChange, QuotasView } from "@systemhealer/contract/quotas";

export const quotaNames = ["storageBytes", "runsAtOnce", "rowsPerFile"] as const satisfies readonly (keyof Quotas)[];
export type QuotaName = (typeof quotaNames)[number];
export type QuotaTexts = Readonly<Record<QuotaName, string>>;
export type QuotaProblem = "notNumber" | "notWhole" | "tooHigh";
export type ReadQuota = { readonly value: number | null } | { readonly problem: QuotaProblem };

/** Bytes of the unit in which storage is typed in. */
export const storageUnits = {
  decimal: { name: "GB", bytes: 1e9 },
  binary: { name: "GiB", bytes: 1_024 ** 3 },
} as const;

const decimals = 9;

/** What the fields hold at first: nothing where nothing is set. */
export function textsOf(set: QuotasView["set"], unitBytes: number): QuotaTexts {
  const text = (value: number | undefined) => (value === undefined ? "" : String(value));
  const { storageBytes } = set;
  return {
    storageBytes: text(storageBytes === undefined ? undefined : Number((storageBytes / unitBytes).toFixed(decimals))),
    runsAtOnce: text(set.runsAtOnce),
    rowsPerFile: text(set.rowsPerFile),
  };
}

/** What was typed and not saved yet. */
export interface TypedQuotas {
  readonly texts: Partial<QuotaTexts>;
  /** Of the unit in which storage was typed. */
  readonly unitBytes: number;
}

/** Something more was typed; storage that was typed in another unit goes. */
export function withTyped(typed: TypedQuotas, name: QuotaName, text: string, unitBytes: number): TypedQuotas {
  const { storageBytes, ...others } = typed.texts;
  const kept = storageBytes === undefined || typed.unitBytes !== unitBytes ? others : { ...others, storageBytes };
  return { texts: { ...kept, [name]: text }, unitBytes };
}

/** What the fields hold: what was typed, elsewhere what is set now; storage that was typed in another unit goes. */
export function fieldsOf(set: QuotasView["set"], { texts, unitBytes: typedIn }: TypedQuotas, unitBytes: number) {
  const { storageBytes, ...others } = texts;
  const storage = storageBytes === undefined || typedIn !== unitBytes ? {} : { storageBytes };
  return { ...textsOf(set, unitBytes), ...others, ...storage } satisfies QuotaTexts;
}

/** The number of a field, null where it is empty. @param most of the installation, in bytes, runs or rows */
export function readQuota(name: QuotaName, text: string, most: number, unitBytes: number): ReadQuota {
  const digits = text.replaceAll(/[\s,，]/g, "");
  if (digits === "") return { value: null };
  const number = Number(digits);
  if (!Number.isFinite(number) || number <= 0) return { problem: name === "storageBytes" ? "notNumber" : "notWhole" };
  if (name !== "storageBytes" && !Number.isInteger(number)) return { problem: "notWhole" };
  const value = name === "storageBytes" ? Math.max(1, Math.round(number * unitBytes)) : number;
  return value > most ? { problem: "tooHigh" } : { value };
}

/** What the fields change; undefined where one of them cannot be read or nothing is changed. */
export function changeOf(
  { set, most, version }: QuotasView,
  texts: QuotaTexts,
  unitBytes: number,
): QuotasChange | undefined {
  const before = textsOf(set, unitBytes);
  const changed = quotaNames.filter((name) => texts[name].trim() !== before[name]);
  const read = changed.map((name) => [name, readQuota(name, texts[name], most[name], unitBytes)] as const);
  if (read.length === 0 || read.some(([, found]) => "problem" in found)) return undefined;
  return { version, ...Object.fromEntries(read.map(([name, found]) => [name, "value" in found ? found.value : null])) };
}

/** What takes a change back. @param after the view that the change answered */
export function revertOf(before: QuotasView, after: QuotasView): QuotasChange {
  const former = Object.fromEntries(quotaNames.map((name) => [name, before.set[name] ?? null]));
  return { version: after.version, ...former };
}
