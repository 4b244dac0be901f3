import type { GraphBuilder } from "../onnx/graph-builder.ts";
import { addRowSum } from "../onnx/row-sum.ts";

/** Per class, in the space of the prepared numbers. */
export interface NoveltyDistances {
  readonly means: readonly Float64Array[];
  /** `size × size` each, row by row, symmetric and positive definite. */
  readonly precisions: readonly Float64Array[];
  /** What is added to the squared distance to a class: the wider the class, the more. */
  readonly logDeterminants: readonly number[];
}

/** Steps of conjugate gradients: exact for as many gaps, near enough for more. */
const gapSteps = 3;
/** Keeps 0 / 0 from a row without a gap. */
const tiny = 1e-20;

/**
 * The least squared distance of a row to a class plus the class's log-determinant, after a signed logarithm. A gap
 * counts as what is likeliest there by the class and the row's other numbers, plus 1, the mean of what the deviation
 * from that would add.
 * @param prepared NaN for a gap
 */
export function noveltyDistance(distances: NoveltyDistances, prepared: Float32Array): number {
  const { means, precisions, logDeterminants } = distances;
  const gaps = gapsOf(prepared);
  let least = Number.POSITIVE_INFINITY;
  for (const [index, mean] of means.entries()) {
    const difference = mean.map((centre, column) => (gaps.includes(column) ? 0 : prepared[column] - centre));
    const whole = squaredDistance(precisions[index], difference);
    const distance = whole - fillGaps(precisions[index], difference, gaps);
    least = Math.min(least, distance + logDeterminants[index]);
  }
  return signedLog(least + gaps.length);
}

/** Places of a row that are NaN. */
export function gapsOf(prepared: Float32Array): number[] {
  const gaps: number[] = [];
  for (const [column, value] of prepared.entries()) if (Number.isNaN(value)) gaps.push(column);
  return gaps;
}

/**
 * Sets the gaps of a row to what makes its squared distance least, which is their mean given the row's other numbers: a
 * few steps of conjugate gradients, with the diagonal as preconditioner (M. R. Hestenes, E. Stiefel, 1952).
 * @param difference of the row from the class's mean, 0 at its gaps, where it is overwritten
 * @returns by how much the squared distance falls
 */
export function fillGaps(precision: Float64Array, difference: Float64Array, gaps: readonly number[]): number {
  if (gaps.length === 0) return 0;
  const size = difference.length;
  const at = (row: number, column: number) => precision[row * size + column];
  const residual = gaps.map((gap) => -difference.reduce((sum, value, column) => sum + at(gap, column) * value, 0));
  let preconditioned = residual.map((value, place) => value / at(gaps[place], gaps[place]));
  let direction = preconditioned;
  let gain = dot(residual, preconditioned);
  let fall = 0;
  for (let step = 0; step < gapSteps; step++) {
    const image = gaps.map((row) => direction.reduce((sum, value, place) => sum + at(row, gaps[place]) * value, 0));
    const length = gain / (dot(direction, image) + tiny);
    fall += length * gain;
    for (const [place, gap] of gaps.entries()) {
      difference[gap] += length * direction[place];
      residual[place] -= length * image[place];
    }
    preconditioned = residual.map((value, place) => value / at(gaps[place], gaps[place]));
    const next = dot(residual, preconditioned);
    const former = direction;
    const kept = next / (gain + tiny);
    direction = preconditioned.map((value, place) => value + kept * former[place]);
    gain = next;
  }
  return fall;
}

function squaredDistance(precision: Float64Array, difference: Float64Array): number {
  const size = difference.length;
  let total = 0;
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (let column = 0; column < size; column++) sum += precision[row * size + column] * difference[column];
    total += sum * difference[row];
  }
  return total;
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, place) => sum + value * other[place], 0);
}

function signedLog(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value));
}

/**
 * The same in float32: this runs for every row that is ever diagnosed.
 * @param values name of a float32 tensor `[N, size]` without gaps
 * @param gaps name of a bool tensor `[N, size]`
 * @returns name of a float32 tensor `[N, 1]`
 */
export function addNoveltyDistance(
  graph: GraphBuilder,
  values: string,
  gaps: string,
  { means, precisions, logDeterminants }: NoveltyDistances,
): string {
  const size = means[0].length;
  const float32 = (name: string, dims: number[], rows: readonly ArrayLike<number>[]) => {
    const data = Float32Array.from(rows.flatMap((row) => Array.from(row)));
    return graph.addConstant(name, { type: "float32", dims, data });
  };
  const add = (operator: "Add" | "Sub" | "Mul" | "Div" | "MatMul", one: string, other: string) =>
    graph.addNode(operator, [one, other]);
  const sumOfProduct = (one: string, other: string) => addRowSum(graph, add("Mul", one, other), size);
  const diagonals = precisions.map((precision) =>
    Float64Array.from({ length: size }, (_, i) => precision[i * (size + 1)]),
  );

  const precision = float32("precision", [means.length, size, size], precisions);
  const diagonal = float32("diagonal", [means.length, 1, size], diagonals);
  const small = graph.addScalar("float32", tiny);
  const missing = graph.addCast(gaps, "float32");
  const present = graph.addCast(graph.addNode("Not", [gaps]), "float32");
  // One plane of rows per class, `[classes, N, size]`.
  const centred = add("Sub", values, float32("mean", [means.length, 1, size], means));
  const difference = add("Mul", centred, present);
  const slope = add("MatMul", difference, precision);
  let distance = sumOfProduct(difference, slope);
  let residual = graph.addNode("Neg", [add("Mul", slope, missing)]);
  let direction = add("Div", residual, diagonal);
  let gain = sumOfProduct(residual, direction);
  for (let step = 0; step < gapSteps; step++) {
    const image = add("Mul", add("MatMul", direction, precision), missing);
    const length = add("Div", gain, add("Add", sumOfProduct(direction, image), small));
    distance = add("Sub", distance, add("Mul", length, gain));
    if (step === gapSteps - 1) break;
    residual = add("Sub", residual, add("Mul", length, image));
    const preconditioned = add("Div", residual, diagonal);
    const next = sumOfProduct(residual, preconditioned);
    direction = add("Add", preconditioned, add("Mul", add("Div", next, add("Add", gain, small)), direction));
    gain = next;
  }
  const determinants = float32("logDeterminants", [means.length, 1, 1], [logDeterminants]);
  const least = graph.addNode("ReduceMin", [add("Add", distance, determinants)], {
    attributes: { axes: { ints: [0] }, keepdims: { int: 0 } },
  });
  return addSignedLog(graph, add("Add", least, addRowSum(graph, missing, size)));
}

function addSignedLog(graph: GraphBuilder, value: string): string {
  const magnitude = graph.addNode("Add", [graph.addNode("Abs", [value]), graph.addScalar("float32", 1)]);
  return graph.addNode("Mul", [graph.addNode("Sign", [value]), graph.addNode("Log", [magnitude])]);
}
