/** A function to be made small: its value at a point; its gradient is written to `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => Promise<number>;

export interface LbfgsOptions {
  readonly iterations: number;
  /** Ends where no part of the gradient is larger; default 1e-5. */
  readonly tolerance?: number;
  /** Called after each iteration. */
  readonly onIteration?: (iteration: number, value: number, point: Float64Array) => void | Promise<void>;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
}

const memory = 10;
/** Armijo's condition. */
const sufficientFall = 1e-4;
const mostHalvings = 30;
/** Relative fall of the value under which further iterations are float64's noise. */
const leastFall = 1e-10;

interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/**
 * Limited-memory BFGS (J. Nocedal, S. Wright, "Numerical Optimization", 2006, algorithm 7.5) with a line search that
 * halves the step until the value falls enough; corrections without positive curvature are passed over.
 */
export async function minimise(
  objective: Objective,
  start: Float64Array,
  { iterations, tolerance = 1e-5, onIteration }: LbfgsOptions,
): Promise<Minimum> {
  let point = start.slice();
  let gradient = new Float64Array(point.length);
  let value = await objective(point, gradient);
  const corrections: Correction[] = [];
  let iteration = 0;
  while (iteration < iterations && Number.isFinite(value) && largest(gradient) > tolerance) {
    const direction = descent(gradient, corrections);
    const slope = dot(direction, gradient);
    if (!(slope < 0)) break;
    const first = corrections.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const found = await searchLine(objective, point, value, direction, slope, first);
    if (!found) break;
    iteration++;
    const step = found.point.map((place, index) => place - point[index]);
    const change = found.gradient.map((part, index) => part - gradient[index]);
    const curvature = dot(step, change);
    if (curvature > 1e-12) corrections.push({ step, change, curvature });
    if (corrections.length > memory) corrections.shift();
    const fall = value - found.value;
    ({ point, value, gradient } = found);
    await onIteration?.(iteration, value, point);
    if (fall <= leastFall * Math.max(1, Math.abs(value))) break;
  }
  return { point, value, iterations: iteration };
}

async function searchLine(
  objective: Objective,
  from: Float64Array,
  value: number,
  direction: Float64Array,
  slope: number,
  first: number,
): Promise<{ point: Float64Array<ArrayBuffer>; value: number; gradient: Float64Array<ArrayBuffer> } | undefined> {
  const point = new Float64Array(from.length);
  const gradient = new Float64Array(from.length);
  let length = first;
  for (let halving = 0; halving < mostHalvings; halving++, length /= 2) {
    for (let index = 0; index < point.length; index++) point[index] = from[index] + length * direction[index];
    const found = await objective(point, gradient);
    if (found <= value + sufficientFall * length * slope) return { point, value: found, gradient };
  }
  return undefined;
}

/** Minus the gradient times the approximated inverse Hessian (the two-loop recursion). */
function descent(gradient: Float64Array, corrections: readonly Correction[]): Float64Array {
  const direction = gradient.map((part) => -part);
  const shares = new Float64Array(corrections.length);
  for (let index = corrections.length - 1; index >= 0; index--) {
    const { step, change, curvature } = corrections[index];
    shares[index] = dot(step, direction) / curvature;
    add(direction, change, -shares[index]);
  }
  const last = corrections.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let index = 0; index < direction.length; index++) direction[index] *= scale;
  }
  for (const [index, { step, change, curvature }] of corrections.entries()) {
    add(direction, step, shares[index] - dot(change, direction) / curvature);
  }
  return direction;
}

function dot(one: Float64Array, other: Float64Array): number {
  let total = 0;
  for (let index = 0; index < one.length; index++) total += one[index] * other[index];
  return total;
}

function add(target: Float64Array, values: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++) target[index] += factor * values[index];
}

function largest(values: Float64Array): number {
  let found = 0;
  for (const value of values) found = Math.max(found, Math.abs(value));
  return found;
}
