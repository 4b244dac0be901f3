import type { InferenceSession } from "onnxruntime-node";
import { openSession } from "./runtime.ts";
import { valueInfoProto } from "./schema.ts";
import { graphFields, readStoredGraph } from "./stored-graph.ts";
import { wireBytes } from "./wire.ts";

const graphField = 7;
const bytesOfType: Readonly<Record<string, number>> = { bool: 1, int32: 4, float32: 4 };
/** Of every other type. */
const widest = 8;

interface ValueInfoFields {
  readonly type?: { readonly tensorType?: { readonly shape?: { readonly dim?: object[] } } };
}

/**
 * What all the values of a graph take together that it computes for some rows, told by onnxruntime's inference of
 * shapes: nothing is computed, however large it would be.
 * @param rowCount first dimension of the model's inputs
 * @returns bytes; undefined where a value's size is told by other values only
 * @throws Error where onnxruntime does not read the model; WireError
 */
export async function computedBytes(model: Uint8Array, rowCount: number): Promise<number | undefined> {
  const { nodes, initializers, inputs, otherFields, modelFields } = readStoredGraph(model);
  const values = new Set(nodes.flatMap(({ outputs }) => outputs.filter((name) => name !== "")));
  const parts = [
    ...nodes.map(({ bytes }) => wireBytes(graphFields.node, bytes)),
    ...otherFields,
    ...initializers.map(({ bytes }) => wireBytes(graphFields.initializer, bytes)),
    ...inputs.map(({ bytes }) => wireBytes(graphFields.input, withRows(bytes, rowCount))),
    ...[...values].map((name) => wireBytes(graphFields.output, valueInfoProto.encode({ name }).finish())),
  ];
  const bytes = Buffer.concat([...modelFields, wireBytes(graphField, Buffer.concat(parts))]);
  const session = await openSession(bytes, 1, "disabled");
  try {
    const sizes = session.outputMetadata.map(sizeOf);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return Number.isNaN(total) ? undefined : total;
  } finally {
    await session.release();
  }
}

function withRows(input: Uint8Array, rowCount: number): Uint8Array {
  const value = valueInfoProto.decode(input) as unknown as ValueInfoFields;
  const dim = value.type?.tensorType?.shape?.dim;
  if (dim && dim.length > 0) dim[0] = { dimValue: rowCount };
  return valueInfoProto.encode(value).finish();
}

/** NaN where a dimension is not told. */
function sizeOf(value: InferenceSession.ValueMetadata): number {
  if (!value.isTensor) return Number.NaN;
  const elements = value.shape.reduce<number>((product, size) => product * (typeof size === "number" ? size : NaN), 1);
  return elements * (bytesOfType[value.type] ?? widest);
}
