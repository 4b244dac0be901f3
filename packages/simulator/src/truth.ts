import { stepSeconds } from "./cluster.ts";
import { type FaultName, normalName } from "./faults.ts";
import type { Scene } from "./scene.ts";
import type { Topology } from "./topology.ts";

/** What really happened when a sample was taken. */
export interface SampleTruth {
  /** `sample_id` of the reference and wide schemas; in the long schema the number of the moment, from 0. */
  readonly sampleId: number;
  /** Null in the reference schema, whose samples have no common clock. */
  readonly time: string | null;
  readonly fault: FaultName | typeof normalName;
  /** Node at which the fault began. */
  readonly origin: string | null;
  /** Number of the fault, from 0; samples of the same fault share it. */
  readonly episode: number | null;
  readonly secondsSinceOnset: number | null;
  /** Intensity at full strength, 0 to 1.3. */
  readonly severity: number | null;
}

export function truthOf(
  scene: Scene,
  topology: Topology,
  sampleId: number,
  time: string | null,
  episode: number,
): SampleTruth {
  const { fault } = scene;
  if (fault === null) {
    return { sampleId, time, fault: normalName, origin: null, episode: null, secondsSinceOnset: null, severity: null };
  }
  return {
    sampleId,
    time,
    fault: fault.name,
    origin: topology.nodes[fault.origin]!.name,
    episode,
    secondsSinceOnset: (scene.step - fault.onsetStep) * stepSeconds,
    severity: fault.severity,
  };
}
