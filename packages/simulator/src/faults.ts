import type { Random } from "./random.ts";
import type { ClusterNode, NodeRole } from "./topology.ts";

/** Label of the reference schema: the index. */
export const faultNames = [
  "cpu-hog",
  "disk-slowdown",
  "memory-leak",
  "network-delay",
  "lock-contention",
  "replication-stall",
] as const;
export type FaultName = (typeof faultNames)[number];
export const normalName = "normal";

/** What troubles one node in one step; the neutral values trouble nothing. */
export interface Strain {
  /** Share of the CPU that others take, 0 to 1. */
  cpuStolen: number;
  /** Factor of the time of one disk access, 1 or more. */
  diskSlowdown: number;
  /** Share of the memory that is lost, 0 to 1. */
  memoryLost: number;
  /** Added to each message of the node. */
  linkSeconds: number;
  /** Share of packets lost, 0 to 1. */
  packetLoss: number;
  /** Factor of the time a lock is held, 1 or more. */
  lockHold: number;
  /** Factor of the rows that statements read, 1 or more. */
  scan: number;
  /** Factor of the speed at which a follower applies the log, 0 to 1. */
  apply: number;
}

export function noStrain(): Strain {
  return {
    cpuStolen: 0,
    diskSlowdown: 1,
    memoryLost: 0,
    linkSeconds: 0,
    packetLoss: 0,
    lockHold: 1,
    scan: 1,
    apply: 1,
  };
}

export function clearStrain(strain: Strain): void {
  Object.assign(strain, neutral);
}
const neutral = noStrain();

interface FaultModel {
  readonly roles: readonly NodeRole[];
  /** Steps from the onset to full strength. */
  readonly rampSteps: number;
  /** @param intensity 0 none, 1 severe */
  readonly apply: (strain: Strain, intensity: number) => void;
}

export const faultModels: Readonly<Record<FaultName, FaultModel>> = {
  "cpu-hog": {
    roles: ["gateway", "leader", "follower"],
    rampSteps: 1,
    apply: (s, i) => {
      s.cpuStolen = 1 - (1 - s.cpuStolen) * (1 - 0.75 * i);
    },
  },
  "disk-slowdown": {
    roles: ["leader", "follower"],
    rampSteps: 2,
    apply: (s, i) => {
      s.diskSlowdown *= 1 + 3 * i;
    },
  },
  "memory-leak": {
    roles: ["leader", "follower"],
    rampSteps: 10,
    apply: (s, i) => {
      s.memoryLost = 1 - (1 - s.memoryLost) * (1 - 0.85 * i);
    },
  },
  "network-delay": {
    roles: ["gateway", "leader", "follower"],
    rampSteps: 1,
    apply: (s, i) => {
      s.linkSeconds += 0.02 * i;
      s.packetLoss = 1 - (1 - s.packetLoss) * (1 - 0.08 * i * i);
    },
  },
  "lock-contention": {
    roles: ["leader"],
    rampSteps: 2,
    apply: (s, i) => {
      s.lockHold *= 1 + 5 * i;
      s.scan *= 1 + 4 * i;
    },
  },
  "replication-stall": {
    roles: ["follower"],
    rampSteps: 2,
    apply: (s, i) => {
      s.apply /= 1 + 6 * i;
    },
  },
};

/** A fault at a node, in steps of its episode. */
export interface Fault {
  readonly name: FaultName;
  readonly origin: number;
  readonly onsetStep: number;
  readonly endStep: number;
  /** Intensity at full strength, 0 to about 1.3. */
  readonly severity: number;
}

/** Intensity in a step: up a ramp from the onset, down at once at the end. */
export function intensityAt(fault: Fault, step: number): number {
  if (step < fault.onsetStep || step >= fault.endStep) return 0;
  return fault.severity * Math.min(1, (step - fault.onsetStep + 1) / faultModels[fault.name].rampSteps);
}

/** Nodes at which a fault can begin. */
export function possibleOrigins(name: FaultName, nodes: readonly ClusterNode[]): number[] {
  const { roles } = faultModels[name];
  return nodes.flatMap((node, index) => (roles.includes(node.role) ? [index] : []));
}

/** Everyday events that look a little like a fault and are none: batch jobs, backups, reports, jitter. */
export function everydayStrain(strain: Strain, random: Random, strength: number): void {
  const size = strength * random.between(0.4, 1);
  switch (random.below(5)) {
    case 0:
      faultModels["cpu-hog"].apply(strain, 0.3 * size);
      break;
    case 1:
      faultModels["disk-slowdown"].apply(strain, 0.25 * size);
      break;
    case 2:
      faultModels["memory-leak"].apply(strain, 0.25 * size);
      break;
    case 3:
      faultModels["network-delay"].apply(strain, 0.25 * size);
      break;
    default:
      faultModels["lock-contention"].apply(strain, 0.25 * size);
  }
}
