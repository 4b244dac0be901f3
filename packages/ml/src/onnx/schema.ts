import protobuf from "protobufjs/light.js";

/**
 * The part of ONNX's protobuf schema that models of this package use, with the field numbers of the standard
 * (`onnx/onnx.proto`, IR version 8). Unknown fields are skipped when reading.
 */
const messages = {
  ModelProto: {
    fields: {
      irVersion: { id: 1, type: "int64" },
      producerName: { id: 2, type: "string" },
      producerVersion: { id: 3, type: "string" },
      graph: { id: 7, type: "GraphProto" },
      opsetImport: { id: 8, type: "OperatorSetIdProto", rule: "repeated" },
      metadataProps: { id: 14, type: "StringStringEntryProto", rule: "repeated" },
    },
  },
  /** A model without its graph: what is read of a file whose weights are of no interest. */
  ModelHeader: {
    fields: {
      irVersion: { id: 1, type: "int64" },
      producerName: { id: 2, type: "string" },
      opsetImport: { id: 8, type: "OperatorSetIdProto", rule: "repeated" },
      metadataProps: { id: 14, type: "StringStringEntryProto", rule: "repeated" },
    },
  },
  OperatorSetIdProto: { fields: { domain: { id: 1, type: "string" }, version: { id: 2, type: "int64" } } },
  StringStringEntryProto: { fields: { key: { id: 1, type: "string" }, value: { id: 2, type: "string" } } },
  GraphProto: {
    fields: {
      node: { id: 1, type: "NodeProto", rule: "repeated" },
      name: { id: 2, type: "string" },
      initializer: { id: 5, type: "TensorProto", rule: "repeated" },
      input: { id: 11, type: "ValueInfoProto", rule: "repeated" },
      output: { id: 12, type: "ValueInfoProto", rule: "repeated" },
    },
  },
  NodeProto: {
    fields: {
      input: { id: 1, type: "string", rule: "repeated" },
      output: { id: 2, type: "string", rule: "repeated" },
      name: { id: 3, type: "string" },
      opType: { id: 4, type: "string" },
      attribute: { id: 5, type: "AttributeProto", rule: "repeated" },
      domain: { id: 7, type: "string" },
    },
  },
  AttributeProto: {
    fields: {
      name: { id: 1, type: "string" },
      f: { id: 2, type: "float" },
      i: { id: 3, type: "int64" },
      s: { id: 4, type: "bytes" },
      t: { id: 5, type: "TensorProto" },
      g: { id: 6, type: "GraphProto" },
      floats: { id: 7, type: "float", rule: "repeated", options: { packed: true } },
      ints: { id: 8, type: "int64", rule: "repeated", options: { packed: true } },
      strings: { id: 9, type: "bytes", rule: "repeated" },
      type: { id: 20, type: "int32" },
    },
  },
  TensorProto: {
    fields: {
      dims: { id: 1, type: "int64", rule: "repeated", options: { packed: true } },
      dataType: { id: 2, type: "int32" },
      name: { id: 8, type: "string" },
      rawData: { id: 9, type: "bytes" },
    },
  },
  ValueInfoProto: { fields: { name: { id: 1, type: "string" }, type: { id: 2, type: "TypeProto" } } },
  TypeProto: { fields: { tensorType: { id: 1, type: "TensorTypeProto" } } },
  TensorTypeProto: { fields: { elemType: { id: 1, type: "int32" }, shape: { id: 2, type: "TensorShapeProto" } } },
  TensorShapeProto: { fields: { dim: { id: 1, type: "DimensionProto", rule: "repeated" } } },
  DimensionProto: {
    oneofs: { value: { oneof: ["dimValue", "dimParam"] } },
    fields: { dimValue: { id: 1, type: "int64" }, dimParam: { id: 2, type: "string" } },
  },
};

const root = protobuf.Root.fromJSON({ nested: { onnx: { nested: messages } } });

export const modelProto = root.lookupType("onnx.ModelProto");
export const modelHeader = root.lookupType("onnx.ModelHeader");
export const valueInfoProto = root.lookupType("onnx.ValueInfoProto");
