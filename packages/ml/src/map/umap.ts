import { createPacer } from "../pacer.ts";
import type { Random } from "../random/random.ts";
import { findNeighbours } from "../space/find-neighbours.ts";
import type { Neighbours } from "../space/nearest-rows.ts";
import { type Edges, joinNeighbours } from "./edges.ts";
import { startPositions } from "./start-positions.ts";

export interface UmapOptions {
  readonly random: Random;
  /** Neighbours of each row; default 15. */
  readonly neighbours?: number;
  /** Default 300. */
  readonly epochs?: number;
  /** 0 to 1. */
  readonly onProgress?: (fraction: number) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The curve 1 / (1 + a d²), as near as its family comes to a least distance of 0.1 and a spread of 1 without the power
 * that the usual one takes of each distance, for most of the time.
 */
const a = 1.56;
const negativeSamples = 5;
const mostStep = 4;
const startSpread = 4;
const bisections = 64;

/**
 * Uniform manifold approximation and projection (L. McInnes, J. Healy, J. Melville, 2018) with exact neighbours and
 * principal coordinates as the start.
 * @param coordinates `rowCount × width` principal coordinates, row by row
 * @returns `rowCount × 2`, row by row
 */
export async function embedByUmap(
  coordinates: Float32Array,
  rowCount: number,
  width: number,
  options: UmapOptions,
): Promise<Float64Array> {
  const { random, neighbours: wanted = 15, epochs = 300, signal, onProgress } = options;
  const neighbours = await findNeighbours(coordinates, rowCount, width, wanted - 1, signal);
  const { from, to, weights } = fuzzyEdges(neighbours, rowCount);
  const positions = startPositions(coordinates, rowCount, width, startSpread);
  let greatest = 0;
  for (const weight of weights) greatest = Math.max(greatest, weight);
  const pacer = createPacer(signal);
  // Both ends of an edge take part alike; each edge is visited as often as its weight says.
  const due = weights.map((weight) => greatest / weight);
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (epoch % 25 === 0) await onProgress?.(epoch / epochs);
    const rate = 1 - epoch / epochs;
    for (let edge = 0; edge < from.length; edge++) {
      if ((edge & 1023) === 0) await pacer.giveWay();
      if (due[edge] > epoch + 1) continue;
      due[edge] += greatest / weights[edge];
      attract(positions, 2 * from[edge], 2 * to[edge], rate);
      for (let sample = 0; sample < negativeSamples; sample++) {
        repel(positions, 2 * from[edge], 2 * Math.floor(random.uniform() * rowCount), rate);
        repel(positions, 2 * to[edge], 2 * Math.floor(random.uniform() * rowCount), rate);
      }
    }
  }
  return positions;
}

/** Weights of the fuzzy union of the rows' neighbourhoods, 0 to 1. */
function fuzzyEdges(neighbours: Neighbours, rowCount: number): Edges {
  const { count, squares } = neighbours;
  const weights = new Float64Array(squares.length);
  for (let row = 0; row < rowCount; row++) {
    fillMemberships(squares.subarray(row * count, (row + 1) * count), weights, row * count);
  }
  return joinNeighbours(neighbours, weights, (one, other) => one + other - one * other);
}

/** The nearest has 1, further ones less, so that all sum up to the logarithm of their number. */
function fillMemberships(squares: Float64Array, weights: Float64Array, at: number): void {
  const wanted = Math.log2(squares.length + 1);
  const nearest = Math.sqrt(squares[0]);
  let scale = 1;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (let step = 0; step < bisections; step++) {
    let sum = 0;
    for (let index = 0; index < squares.length; index++) {
      const weight = Math.exp(-Math.max(0, Math.sqrt(squares[index]) - nearest) / scale);
      weights[at + index] = Math.max(weight, 1e-9);
      sum += weight;
    }
    if (Math.abs(sum - wanted) < 1e-5) return;
    if (sum > wanted) {
      high = scale;
      scale = (low + high) / 2;
    } else {
      low = scale;
      scale = high === Number.POSITIVE_INFINITY ? scale * 2 : (low + high) / 2;
    }
  }
}

function attract(positions: Float64Array, one: number, other: number, rate: number): void {
  const dx = positions[one] - positions[other];
  const dy = positions[one + 1] - positions[other + 1];
  const square = dx * dx + dy * dy;
  if (square === 0) return;
  const factor = (-2 * a) / (1 + a * square);
  move(positions, one, clip(factor * dx) * rate, clip(factor * dy) * rate);
  move(positions, other, -clip(factor * dx) * rate, -clip(factor * dy) * rate);
}

function repel(positions: Float64Array, one: number, other: number, rate: number): void {
  if (one === other) return;
  const dx = positions[one] - positions[other];
  const dy = positions[one + 1] - positions[other + 1];
  const square = dx * dx + dy * dy;
  if (square === 0) return;
  const factor = 2 / ((0.001 + square) * (1 + a * square));
  move(positions, one, clip(factor * dx) * rate, clip(factor * dy) * rate);
}

function move(positions: Float64Array, at: number, x: number, y: number): void {
  positions[at] += x;
  positions[at + 1] += y;
}

function clip(step: number): number {
  return Math.min(Math.max(step, -mostStep), mostStep);
}
