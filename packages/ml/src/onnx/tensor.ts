/** Element types of ONNX tensors, by the names that onnxruntime gives them. */
export type ElementType = "float32" | "float64" | "int32" | "int64" | "uint8" | "bool";

/** `TensorProto.DataType` of the ONNX standard. */
export const elementTypeCodes: Readonly<Record<ElementType, number>> = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
};

export interface ConstantTensor {
  readonly type: ElementType;
  /** Empty for a scalar. */
  readonly dims: readonly number[];
  /** Row-major; booleans as 0 and 1. */
  readonly data: ArrayLike<number>;
}

/** The bytes of a tensor as `TensorProto.raw_data` holds them: row-major, little-endian. */
export function rawTensorBytes(tensor: ConstantTensor): Uint8Array {
  const elements = typedElements(tensor);
  return new Uint8Array(elements.buffer, elements.byteOffset, elements.byteLength);
}

function typedElements({ type, data }: ConstantTensor) {
  switch (type) {
    case "float32":
      return data instanceof Float32Array ? data : Float32Array.from(data);
    case "float64":
      return data instanceof Float64Array ? data : Float64Array.from(data);
    case "int32":
      return data instanceof Int32Array ? data : Int32Array.from(data);
    case "int64":
      return BigInt64Array.from({ length: data.length }, (_, index) => BigInt(data[index]));
    case "uint8":
    case "bool":
      return Uint8Array.from(data);
  }
}
