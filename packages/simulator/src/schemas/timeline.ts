import { type ClassName, normalizeShares, ShareKeeper, timelineShares } from "../class-shares.ts";
import { stepSeconds } from "../cluster.ts";
import { createEnvironment } from "../environment.ts";
import { type FaultName, normalName } from "../faults.ts";
import { kpis } from "../kpis.ts";
import type { ResolvedOptions } from "../options.ts";
import { Random } from "../random.ts";
import { Scene } from "../scene.ts";
import type { Topology } from "../topology.ts";
import { truthOf } from "../truth.ts";
import { drawSeverity } from "./reference.ts";

const stepsPerMoment = 2;
const warmUpSteps = 12;
/** Moments of quiet after a fault, whatever the shares say. */
const shortestQuiet = 3;
/** An arbitrary Monday, midnight UTC. */
const clockStart = Date.UTC(2024, 0, 1);

export interface Moment {
  readonly index: number;
  readonly time: string;
  readonly fault: ClassName;
  /** Index of the node where the fault began; -1 where there is none. */
  readonly origin: number;
  /** `nodes × kpis.length`, node by node; NaN where a role has no such KPI. The same array each time. */
  readonly values: Float64Array;
}

/** One cluster on one clock, a moment every 10 s: quiet times and faults in turn. Ends when its reader stops. */
export function* moments(options: ResolvedOptions, topology: Topology): Generator<Moment> {
  const choice = new Random(options.seed, 1_000_000_003);
  const startSeconds = choice.below(86_400);
  const environment = createEnvironment(topology, options.shift);
  const scene = new Scene({
    topology,
    environment,
    seed: options.seed,
    stream: 0,
    startSeconds,
    noise: options.noise,
  });
  const keeper = new ShareKeeper(normalizeShares(options.classShares, timelineShares), choice);
  const values = new Float64Array(topology.nodes.length * kpis.length);
  for (let step = 0; step < warmUpSteps; step++) scene.advance();

  let episode = -1;
  let current: ClassName = normalName;
  let left = shortestQuiet;
  for (let index = 0; ; index++) {
    if (left === 0) {
      const ended = current !== normalName;
      current = keeper.next();
      if (ended) {
        current = normalName;
        left = shortestQuiet;
        scene.fault = null;
      } else if (current === normalName) {
        left = 4 + choice.below(8);
      } else {
        left = 6 + choice.below(9);
        episode++;
        scene.begin(current as FaultName, left * stepsPerMoment, drawSeverity(choice, options.severity), choice);
      }
    }
    left--;
    for (let step = 0; step < stepsPerMoment; step++) scene.advance();
    scene.measure(values);
    keeper.count(current, 1);
    const time = new Date(clockStart + 1_000 * (startSeconds + scene.step * stepSeconds)).toISOString();
    options.onTruth?.(truthOf(scene, topology, index, time, episode));
    yield { index, time, fault: current, origin: scene.fault?.origin ?? -1, values };
  }
}
