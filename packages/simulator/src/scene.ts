import { Cluster, stepSeconds } from "./cluster.ts";
import type { Environment } from "./environment.ts";
import {
  clearStrain,
  everydayStrain,
  type Fault,
  type FaultName,
  faultModels,
  intensityAt,
  noStrain,
  possibleOrigins,
} from "./faults.ts";
import { kpis, measure } from "./kpis.ts";
import { LoadGenerator } from "./load.ts";
import { Random } from "./random.ts";
import type { Topology } from "./topology.ts";

const everydayEventsPerStep = 0.02;
const mostEverydayEvents = 3;

interface EverydayEvent {
  readonly node: number;
  readonly endStep: number;
  /** The event's own numbers start from it in each step, so that its kind and size stay the same. */
  readonly seed: number;
}

export interface SceneOptions {
  readonly topology: Topology;
  readonly environment: Environment;
  readonly seed: number;
  /** Number of the scene under the seed: scenes do not repeat one another. */
  readonly stream: number;
  /** Seconds since midnight at the first step. */
  readonly startSeconds: number;
  /** Factor of the measurement error; 0: none. */
  readonly noise: number;
}

/** A cluster under load with its everyday events and, at most, one fault. */
export class Scene {
  readonly cluster: Cluster;
  step = 0;
  fault: Fault | null = null;
  private readonly options: SceneOptions;
  private readonly random: Random;
  private readonly monitor: Random;
  private readonly load: LoadGenerator;
  private readonly strains;
  private readonly scratch = new Random(0);
  private events: EverydayEvent[] = [];

  constructor(options: SceneOptions) {
    this.options = options;
    this.random = new Random(options.seed, 4 * options.stream + 1);
    this.monitor = new Random(options.seed, 4 * options.stream + 2);
    this.load = new LoadGenerator(this.random, options.environment.requestsPerSecond);
    this.cluster = new Cluster(options.topology, options.environment);
    this.strains = options.topology.nodes.map(() => noStrain());
  }

  /** Makes a fault begin in the next step. It draws no number of the load's, so the twin without it has the same load. */
  begin(name: FaultName, steps: number, severity: number, choice: Random): Fault {
    const origin = choice.pick(possibleOrigins(name, this.options.topology.nodes));
    this.fault = { name, origin, severity, onsetStep: this.step, endStep: this.step + steps };
    return this.fault;
  }

  advance(): void {
    const { random, step } = this;
    const load = this.load.next(this.options.startSeconds + step * stepSeconds, stepSeconds);
    if (random.uniform() < everydayEventsPerStep && this.events.length < mostEverydayEvents) {
      const node = random.below(this.strains.length);
      this.events.push({ node, endStep: step + 4 + random.below(20), seed: random.below(2 ** 31) });
    }
    for (const strain of this.strains) clearStrain(strain);
    if (this.events.length > 0) {
      this.events = this.events.filter((event) => event.endStep > step);
      for (const event of this.events) {
        this.scratch.reseed(event.seed);
        everydayStrain(this.strains[event.node]!, this.scratch, 1);
      }
    }
    if (this.fault) {
      const intensity = intensityAt(this.fault, step);
      if (intensity > 0) faultModels[this.fault.name].apply(this.strains[this.fault.origin]!, intensity);
    }
    this.cluster.advance(load, this.strains);
    this.step++;
  }

  /** @param out `nodes × kpis.length` numbers, node by node; NaN where a role has no such KPI */
  measure(out: Float64Array): void {
    const { topology, environment, noise } = this.options;
    for (const [i, node] of topology.nodes.entries()) {
      measure(this.cluster.nodes[i]!, node.role, environment.memoryBytes, noise, this.monitor, out, i * kpis.length);
    }
  }
}
