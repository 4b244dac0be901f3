import type { Operator } from "./operators.ts";
import { type ConstantTensor, type ElementType, elementTypeCodes, rawTensorBytes } from "./tensor.ts";

export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: ArrayLike<number> }
  | { readonly floats: ArrayLike<number> }
  | { readonly strings: readonly string[] }
  | { readonly tensor: ConstantTensor }
  | { readonly graph: GraphBuilder };

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** Operator set; empty for the standard one, `ai.onnx.ml` for trees. */
  readonly domain?: string;
  /** What the output is called; a number is appended where the name is taken. */
  readonly name?: string;
}

/** A fixed size, or the name of a size that varies. */
export type Dimension = number | string;

interface Scope {
  readonly names: Set<string>;
  readonly counters: Map<string, number>;
}

/**
 * Collects the nodes of one ONNX graph. Values are referred to by name; names are unique over a graph and all its
 * subgraphs, so that a subgraph may use the values of the graph around it.
 */
export class GraphBuilder {
  readonly name: string;
  readonly #scope: Scope;
  readonly #nodes: object[] = [];
  readonly #constants: object[] = [];
  readonly #scalars = new Map<string, string>();
  readonly #inputs: object[] = [];
  readonly #outputs: object[] = [];

  constructor(name: string, scope?: Scope) {
    this.name = name;
    this.#scope = scope ?? { names: new Set(), counters: new Map() };
  }

  /** A graph for an attribute of `Loop`, `If` or `Scan`. */
  subgraph(name: string): GraphBuilder {
    return new GraphBuilder(name, this.#scope);
  }

  addInput(name: string, type: ElementType, dims: readonly Dimension[]): string {
    this.#claim(name);
    this.#inputs.push(valueInfo(name, type, dims));
    return name;
  }

  /** Gives `value` out of the graph under exactly this name. */
  addOutput(name: string, value: string, type: ElementType, dims: readonly Dimension[]): void {
    this.#claim(name);
    this.#push("Identity", [value], [name], {});
    this.#outputs.push(valueInfo(name, type, dims));
  }

  /** Gives `value` out of the graph under the name that it has, without a copy; for a body, whose outputs count by place. */
  addOwnOutput(value: string, type: ElementType, dims: readonly Dimension[]): void {
    this.#outputs.push(valueInfo(value, type, dims));
  }

  /** An initialiser. */
  addConstant(name: string, tensor: ConstantTensor): string {
    const size = tensor.dims.reduce((product, dim) => product * dim, 1);
    if (size !== tensor.data.length) {
      throw new RangeError(`${name}: ${tensor.data.length} elements do not fill [${tensor.dims.join(", ")}]`);
    }
    const unique = this.#unique(name);
    this.#constants.push({
      name: unique,
      dims: [...tensor.dims],
      dataType: elementTypeCodes[tensor.type],
      rawData: rawTensorBytes(tensor),
    });
    return unique;
  }

  /** A tensor of no dimension; the same value is stored once. */
  addScalar(type: ElementType, value: number): string {
    const key = `${type}:${Object.is(value, -0) ? "-0" : value}`;
    const known = this.#scalars.get(key);
    if (known !== undefined) return known;
    const name = this.addConstant("scalar", { type, dims: [], data: [value] });
    this.#scalars.set(key, name);
    return name;
  }

  /** A vector of int64, as shapes, axes and splits are given. */
  addInts(...values: readonly number[]): string {
    return this.addConstant("ints", { type: "int64", dims: [values.length], data: values });
  }

  /** @returns the name of the node's only output */
  addNode(operator: Operator, inputs: readonly string[], options: NodeOptions = {}): string {
    return this.addNodeWithOutputs(operator, inputs, 1, options)[0];
  }

  /** @returns the names of the node's outputs */
  addNodeWithOutputs(
    operator: Operator,
    inputs: readonly string[],
    outputCount: number,
    options: NodeOptions = {},
  ): string[] {
    const outputs = Array.from({ length: outputCount }, () => this.#unique(options.name ?? operator));
    this.#push(operator, inputs, outputs, options);
    return outputs;
  }

  /** Casts to another element type. */
  addCast(value: string, type: ElementType): string {
    return this.addNode("Cast", [value], { attributes: { to: { int: elementTypeCodes[type] } } });
  }

  /** The graph in the shape of the protobuf schema. */
  toProto(): object {
    return {
      name: this.name,
      node: this.#nodes,
      initializer: this.#constants,
      input: this.#inputs,
      output: this.#outputs,
    };
  }

  #push(opType: Operator, input: readonly string[], output: readonly string[], options: NodeOptions): void {
    const attribute = Object.entries(options.attributes ?? {}).map(([name, value]) => attributeProto(name, value));
    this.#nodes.push({ opType, input: [...input], output: [...output], attribute, domain: options.domain ?? "" });
  }

  #claim(name: string): void {
    if (this.#scope.names.has(name)) throw new RangeError(`the graph has a value named ${name} already`);
    this.#scope.names.add(name);
  }

  #unique(hint: string): string {
    let name = hint;
    while (this.#scope.names.has(name)) {
      const count = (this.#scope.counters.get(hint) ?? 0) + 1;
      this.#scope.counters.set(hint, count);
      name = `${hint}_${count}`;
    }
    this.#scope.names.add(name);
    return name;
  }
}

function valueInfo(name: string, type: ElementType, dims: readonly Dimension[]): object {
  const dim = dims.map((size) => (typeof size === "number" ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: elementTypeCodes[type], shape: { dim } } } };
}

/** The `type` numbers are those of `AttributeProto.AttributeType`. */
function attributeProto(name: string, value: Attribute): object {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  if ("float" in value) return { name, type: 1, f: value.float };
  if ("int" in value) return { name, type: 2, i: value.int };
  if ("string" in value) return { name, type: 3, s: utf8(value.string) };
  if ("tensor" in value) {
    const { dims, type } = value.tensor;
    return {
      name,
      type: 4,
      t: { dims: [...dims], dataType: elementTypeCodes[type], rawData: rawTensorBytes(value.tensor) },
    };
  }
  if ("graph" in value) return { name, type: 5, g: value.graph.toProto() };
  if ("floats" in value) return { name, type: 6, floats: Array.from(value.floats) };
  if ("ints" in value) return { name, type: 7, ints: Array.from(value.ints) };
  return { name, type: 8, strings: value.strings.map(utf8) };
}
