/** How figures are written, as a reader wants them. */
export interface Units {
  /** Powers of 1,000 or of 1,024. */
  readonly bytes: "decimal" | "binary";
  readonly durations: "clock" | "seconds" | "milliseconds";
  /** Whether long numbers stand in groups of digits. */
  readonly grouping: "grouped" | "plain";
  readonly zone: "local" | "utc";
}

export const unitChoices = {
  bytes: ["decimal", "binary"],
  durations: ["clock", "seconds", "milliseconds"],
  grouping: ["grouped", "plain"],
  zone: ["local", "utc"],
} as const satisfies { readonly [K in keyof Units]: readonly Units[K][] };

export const usualUnits: Units = { bytes: "decimal", durations: "clock", grouping: "grouped", zone: "local" };

/** Kept units, with the usual one for each that is missing or that there is no more. */
export function unitsOf(kept: Partial<Units> | undefined): Units {
  const known = Object.entries(kept ?? {}).filter(([name, value]) =>
    (unitChoices as Readonly<Record<string, readonly string[]>>)[name]?.includes(value),
  );
  return { ...usualUnits, ...Object.fromEntries(known) };
}
