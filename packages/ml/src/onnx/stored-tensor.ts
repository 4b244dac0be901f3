import type { StoredPart } from "./stored-graph.ts";
import { elementTypeCodes } from "./tensor.ts";
import { varintAt, wireFields } from "./wire.ts";

const tensorFields = { dims: 1, dataType: 2, name: 8, rawData: 9 };
const known: ReadonlySet<number> = new Set(Object.values(tensorFields));

interface RawTensor {
  readonly dims: readonly number[];
  readonly bytes: Uint8Array;
}

export interface StoredFloats {
  /** Empty for a scalar. */
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** Float32 as `addConstant` writes them; undefined where the tensor is of another type, or written otherwise. */
export function floatsOf(part: StoredPart | undefined): StoredFloats | undefined {
  const raw = part && readTensor(part.bytes, elementTypeCodes.float32, 4);
  return raw && { dims: raw.dims, data: new Float32Array(Uint8Array.from(raw.bytes).buffer) };
}

/** A vector of int64, as numbers; undefined where the tensor is something else. */
export function integersOf(part: StoredPart | undefined): number[] | undefined {
  const raw = part && readTensor(part.bytes, elementTypeCodes.int64, 8);
  if (raw?.dims.length !== 1) return undefined;
  const view = new DataView(raw.bytes.buffer, raw.bytes.byteOffset, raw.bytes.byteLength);
  return Array.from({ length: raw.dims[0] }, (_, at) => Number(view.getBigInt64(8 * at, true)));
}

function readTensor(tensor: Uint8Array, type: number, elementBytes: number): RawTensor | undefined {
  const dims: number[] = [];
  let bytes: Uint8Array = new Uint8Array(0);
  let ofType = false;
  for (const { number, type: wire, valueStart, end } of wireFields(tensor)) {
    if (!known.has(number)) return undefined;
    if (number === tensorFields.rawData) bytes = tensor.subarray(valueStart, end);
    else if (number === tensorFields.dataType) ofType = varintAt(tensor, valueStart).value === type;
    else if (number === tensorFields.dims) {
      if (wire !== 2) return undefined;
      for (let at = valueStart; at < end; ) {
        const dim = varintAt(tensor, at);
        dims.push(dim.value);
        at = dim.end;
      }
    }
  }
  const length = dims.reduce((product, dim) => product * dim, 1);
  return ofType && bytes.length === length * elementBytes ? { dims, bytes } : undefined;
}
