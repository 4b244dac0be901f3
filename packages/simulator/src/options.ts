import type { ClassShares } from "./class-shares.ts";
import { referenceTopology, type TopologyOptions } from "./topology.ts";
import type { SampleTruth } from "./truth.ts";

export const schemaNames = ["reference", "long", "wide"] as const;
export type SchemaName = (typeof schemaNames)[number];

export interface SimulationOptions {
  /** Data rows; the header is not counted. */
  readonly rows: number;
  /** 0 unless given. The same options give the same bytes. */
  readonly seed?: number;
  /** `reference` unless given. */
  readonly schema?: SchemaName;
  /** Share of cells that are gaps; 0.06 unless given. */
  readonly missingShare?: number;
  /** Any non-negative numbers by class; equal parts (long and wide: half of the time normal) unless given. */
  readonly classShares?: ClassShares;
  /** Typical intensity of a fault, above 0 to 1; 0.5 unless given. Weak faults are hard to tell from everyday events. */
  readonly severity?: number;
  /** Factor of the monitors' errors, 0 or more; 1 unless given. */
  readonly noise?: number;
  /** How far the environment is from the reference one, 0 to 2; 0 unless given. */
  readonly shift?: number;
  /** Of the long and wide schemas; the reference schema has its own. */
  readonly topology?: TopologyOptions;
  /** Called with the truth of each sample, in their order. */
  readonly onTruth?: (truth: SampleTruth) => void;
}

export type ResolvedOptions = Required<Omit<SimulationOptions, "classShares" | "onTruth">> &
  Pick<SimulationOptions, "classShares" | "onTruth">;

export const simulationDefaults = {
  seed: 0,
  schema: "reference",
  missingShare: 0.06,
  severity: 0.5,
  noise: 1,
  shift: 0,
  topology: referenceTopology,
} as const satisfies Partial<SimulationOptions>;

/** @throws RangeError where an option is out of its range */
export function resolveOptions(options: SimulationOptions): ResolvedOptions {
  const resolved = { ...simulationDefaults, ...options };
  const { rows, seed, severity, noise, schema } = resolved;
  if (!Number.isSafeInteger(rows) || rows < 1) throw new RangeError(`rows must be a whole number from 1, not ${rows}`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}`);
  if (!(severity > 0 && severity <= 1)) throw new RangeError(`severity must be above 0 and at most 1, not ${severity}`);
  if (!(noise >= 0 && noise <= 10)) throw new RangeError(`noise must be a number from 0 to 10, not ${noise}`);
  if (!schemaNames.includes(schema)) throw new RangeError(`schema must be one of ${schemaNames.join(", ")}`);
  return resolved;
}
