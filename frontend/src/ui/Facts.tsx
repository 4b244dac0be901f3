import KeyValuePairs, { type KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";

export interface FactsProps {
  /** Beside each other at most; fewer where there is no room, two on a phone. */
  readonly columns: number;
  readonly items: readonly KeyValuePairsProps.Item[];
}

const leastPixels = 120;

/** Figures and other facts, each under its name. */
export function Facts({ columns, items }: FactsProps) {
  return <KeyValuePairs columns={columns} minColumnWidth={leastPixels} items={items} />;
}
