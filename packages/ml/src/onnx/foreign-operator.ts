import { modelOperators } from "./operators.ts";
import { modelProto } from "./schema.ts";

interface Graph {
  readonly node?: readonly {
    readonly opType: string;
    readonly domain: string;
    readonly attribute?: readonly { readonly name: string; readonly g?: unknown }[];
  }[];
}

const own: ReadonlySet<string> = new Set(modelOperators);
const domains: ReadonlySet<string> = new Set(["", "ai.onnx.ml"]);

/**
 * The first node of an `.onnx` file that is none of a model of this package: another operator, such as a loop that never
 * ends or a tensor made of a mere size, or a graph within the graph.
 * @returns undefined where there is none
 */
export function foreignOperator(bytes: Uint8Array): string | undefined {
  const { graph } = modelProto.decode(bytes) as unknown as { readonly graph?: Graph };
  for (const { opType, domain, attribute = [] } of graph?.node ?? []) {
    if (!own.has(opType) || !domains.has(domain)) return opType;
    if (attribute.some(({ g }) => g !== undefined && g !== null)) return opType;
  }
  return undefined;
}
