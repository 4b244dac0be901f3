import { type StoredNode, textOf } from "./stored-graph.ts";
import { wireFields } from "./wire.ts";

const attributeFields = { name: 1, int: 3 };

/** Whether a node is a `Gather` along axis 1, which selects columns of a matrix. */
export function selectsColumns({ opType, domain, attributes }: StoredNode): boolean {
  if (opType !== "Gather" || domain !== "" || attributes.length !== 1) return false;
  const [bytes] = attributes;
  const fields = [...wireFields(bytes)];
  const name = fields.find(({ number }) => number === attributeFields.name);
  const axis = fields.find(({ number }) => number === attributeFields.int);
  return name !== undefined && textOf(bytes, name) === "axis" && axis !== undefined && bytes[axis.valueStart] === 1;
}
