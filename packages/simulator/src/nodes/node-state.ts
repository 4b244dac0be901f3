import { ServiceCentre } from "../service-centre.ts";

/** What other nodes see of a node: its values of the step before, so that nothing travels a hop in no time. */
export interface Signals {
  latencySeconds: number;
  linkSeconds: number;
  /** Statements that a gateway sends on, per second. */
  forwarded: number;
  /** Writes that a leader committed, per second. */
  committed: number;
  /** How old a follower's copy is. */
  lagSeconds: number;
  /** Time from a leader's log record to the follower's acknowledgement. */
  acknowledgeSeconds: number;
  diskUtilisation: number;
  networkUtilisation: number;
  errorShare: number;
}

export class NodeState {
  readonly cpu: ServiceCentre;
  readonly disk: ServiceCentre;
  readonly network: ServiceCentre;
  readonly locks: ServiceCentre;

  /** Per second. */
  reads = 0;
  writes = 0;
  requests = 0;
  errors = 0;
  retransmits = 0;
  pageFaults = 20;
  deadlocks = 0;
  slowStatements = 0;
  rowsRead = 0;
  diskReads = 0;
  diskWrites = 0;
  receivedBytes = 0;
  sentBytes = 0;

  latencySeconds = 0;
  linkSeconds = 0.0005;
  connections = 0;
  /** Share of the memory in use, 0 to 1. */
  memoryUsed = 0.6;
  cacheHitRatio: number;
  /** CPU share that no statement of the node uses, 0 to 1. */
  cpuStolen = 0;
  /** Log records that a follower has not applied. */
  backlog = 0;
  applied = 0;
  lagSeconds = 0;
  /** Of its shards' latency (gateway) or its followers' acknowledgements (leader), smoothed. */
  awaitedSeconds = 0;
  errorShare = 0;

  signals: Signals = emptySignals();
  private next: Signals = emptySignals();

  constructor(warmHitRatio: number) {
    this.cpu = new ServiceCentre(8);
    this.disk = new ServiceCentre(2);
    this.network = new ServiceCentre(1);
    this.locks = new ServiceCentre(1, 2_000);
    this.cacheHitRatio = warmHitRatio;
  }

  /** Busy share of the CPU, work of strangers and all. */
  get cpuBusy(): number {
    return this.cpuStolen + (1 - this.cpuStolen) * this.cpu.utilisation;
  }

  /** Sets what others see in the next step. */
  announce(values: Partial<Signals>): void {
    Object.assign(this.next, values);
    this.next.latencySeconds = this.latencySeconds;
    this.next.linkSeconds = this.linkSeconds;
    this.next.diskUtilisation = this.disk.utilisation;
    this.next.networkUtilisation = this.network.utilisation;
    this.next.errorShare = this.errorShare;
  }

  /** Makes what was announced visible; called once all nodes have made their step. */
  publish(): void {
    const shown = this.signals;
    this.signals = this.next;
    this.next = shown;
  }
}

function emptySignals(): Signals {
  return {
    latencySeconds: 0.01,
    linkSeconds: 0.001,
    forwarded: 0,
    committed: 0,
    lagSeconds: 0,
    acknowledgeSeconds: 0.003,
    diskUtilisation: 0.3,
    networkUtilisation: 0.2,
    errorShare: 0,
  };
}
