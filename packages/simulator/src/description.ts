import { faultNames } from "./faults.ts";
import { kpis } from "./kpis.ts";
import { referenceFeatures } from "./schemas/reference-map.ts";
import { createTopology, type TopologyOptions } from "./topology.ts";

/** What the columns and labels of a simulated file stand for, as data. */
export function describeSimulation(topology?: TopologyOptions) {
  return {
    schema: "simulation.v1",
    simulated: true,
    note: "Simulated data: a queueing model of a small replicated database, not a measurement of a real system.",
    topology: createTopology(topology),
    faults: faultNames.map((name, label) => ({ label, name })),
    kpis: kpis.map(({ name, unit, roles }) => ({ name, unit, roles })),
    referenceFeatures,
  } as const;
}
