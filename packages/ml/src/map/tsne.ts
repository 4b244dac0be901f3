import { createPacer } from "../pacer.ts";
import { findNeighbours } from "../space/find-neighbours.ts";
import type { Neighbours } from "../space/nearest-rows.ts";
import { type Edges, joinNeighbours } from "./edges.ts";
import { startPositions } from "./start-positions.ts";

export interface TsneOptions {
  /** Effective number of neighbours; default 30, less where there are fewer than 91 rows. */
  readonly perplexity?: number;
  /** Steps of the descent; default 750. */
  readonly steps?: number;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

const earlySteps = 250;
const exaggeration = 12;
const leastGain = 0.01;
const bisections = 64;

/**
 * t-distributed stochastic neighbour embedding (L. van der Maaten, G. Hinton, 2008): similarities of the 3 × perplexity
 * nearest rows (van der Maaten, 2014), exact repulsion between all pairs, and the learning rate rows / exaggeration / 4,
 * at least 50 (A. Belkina et al., 2019). Time grows with the square of the rows: some seconds for 1,500.
 * @param coordinates `rowCount × width` principal coordinates, row by row
 * @returns `rowCount × 2`, row by row
 */
export async function embedByTsne(
  coordinates: Float32Array,
  rowCount: number,
  width: number,
  options: TsneOptions = {},
): Promise<Float64Array> {
  const { steps = 750, signal, onProgress } = options;
  const perplexity = Math.max(1, Math.min(options.perplexity ?? 30, (rowCount - 1) / 3));
  const neighbours = await findNeighbours(coordinates, rowCount, width, Math.floor(3 * perplexity), signal);
  const edges = similarities(neighbours, perplexity, rowCount);
  const positions = startPositions(coordinates, rowCount, width, 1e-4);
  const velocity = new Float64Array(2 * rowCount);
  const gains = new Float64Array(2 * rowCount).fill(1);
  const gradient = new Float64Array(2 * rowCount);
  const rate = Math.max(rowCount / exaggeration / 4, 50);
  const pacer = createPacer(signal);
  for (let step = 0; step < steps; step++) {
    await pacer.giveWay();
    if (step % 25 === 0) await onProgress?.(step / steps);
    const early = step < earlySteps;
    fillGradient(edges, positions, rowCount, early ? exaggeration : 1, gradient);
    const momentum = early ? 0.5 : 0.8;
    for (let at = 0; at < positions.length; at++) {
      const turned = Math.sign(gradient[at]) !== Math.sign(velocity[at]);
      gains[at] = Math.max(leastGain, turned ? gains[at] + 0.2 : gains[at] * 0.8);
      velocity[at] = momentum * velocity[at] - rate * gains[at] * gradient[at];
      positions[at] += velocity[at];
    }
  }
  return positions;
}

/** Joint probabilities of pairs; all pairs, both ways, sum up to 1. */
function similarities(neighbours: Neighbours, perplexity: number, rowCount: number): Edges {
  const { count, squares } = neighbours;
  const weights = new Float64Array(squares.length);
  for (let row = 0; row < rowCount; row++) {
    fillConditional(squares.subarray(row * count, (row + 1) * count), perplexity, weights, row * count);
  }
  return joinNeighbours(neighbours, weights, (one, other) => (one + other) / (2 * rowCount));
}

/** Probabilities of a row's neighbours by a Gaussian whose width gives the perplexity. */
function fillConditional(squares: Float64Array, perplexity: number, weights: Float64Array, at: number): void {
  const entropyWanted = Math.log(perplexity);
  const nearest = squares[0];
  let precision = 1;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (let step = 0; step < bisections; step++) {
    let sum = 0;
    let moment = 0;
    for (let index = 0; index < squares.length; index++) {
      const distance = squares[index] - nearest;
      const weight = Math.exp(-distance * precision);
      weights[at + index] = weight;
      sum += weight;
      moment += distance * weight;
    }
    for (let index = 0; index < squares.length; index++) weights[at + index] /= sum;
    const entropy = Math.log(sum) + (precision * moment) / sum;
    if (Math.abs(entropy - entropyWanted) < 1e-5) return;
    if (entropy > entropyWanted) {
      low = precision;
      precision = high === Number.POSITIVE_INFINITY ? precision * 2 : (precision + high) / 2;
    } else {
      high = precision;
      precision = (precision + low) / 2;
    }
  }
}

function fillGradient(
  { from, to, weights }: Edges,
  positions: Float64Array,
  rowCount: number,
  factor: number,
  gradient: Float64Array,
): void {
  gradient.fill(0);
  let whole = 0;
  for (let one = 0; one < rowCount; one++) {
    const x = positions[2 * one];
    const y = positions[2 * one + 1];
    let pushX = 0;
    let pushY = 0;
    for (let other = one + 1; other < rowCount; other++) {
      const dx = x - positions[2 * other];
      const dy = y - positions[2 * other + 1];
      const q = 1 / (1 + dx * dx + dy * dy);
      whole += q;
      const push = q * q;
      pushX += push * dx;
      pushY += push * dy;
      gradient[2 * other] += push * dx;
      gradient[2 * other + 1] += push * dy;
    }
    gradient[2 * one] -= pushX;
    gradient[2 * one + 1] -= pushY;
  }
  const scale = whole > 0 ? 4 / (2 * whole) : 0;
  for (let at = 0; at < gradient.length; at++) gradient[at] *= scale;
  for (let edge = 0; edge < from.length; edge++) {
    const one = 2 * from[edge];
    const other = 2 * to[edge];
    const dx = positions[one] - positions[other];
    const dy = positions[one + 1] - positions[other + 1];
    const pull = (4 * factor * weights[edge]) / (1 + dx * dx + dy * dy);
    gradient[one] += pull * dx;
    gradient[one + 1] += pull * dy;
    gradient[other] -= pull * dx;
    gradient[other + 1] -= pull * dy;
  }
}
