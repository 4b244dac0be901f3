/** Rows of a leaf: a stretch of the active rows and one of the others. */
export interface Leaf {
  node: number;
  activeStart: number;
  activeCount: number;
  restStart: number;
  restCount: number;
  gradientSum: number;
  hessianSum: number;
  histogram: number;
  score: number;
  column: number;
  slot: number;
  gapsLeft: number;
  leftGradient: number;
  leftHessian: number;
}

/** @param histogram address of the histogram that it sums up into */
export function emptyLeaf(histogram: number): Leaf {
  return {
    node: 0,
    activeStart: 0,
    activeCount: 0,
    restStart: 0,
    restCount: 0,
    gradientSum: 0,
    hessianSum: 0,
    histogram,
    score: 0,
    column: 0,
    slot: 0,
    gapsLeft: 0,
    leftGradient: 0,
    leftHessian: 0,
  };
}

/** The leaf among the first `count` whose split gains most; undefined where none gains. */
export function bestLeaf(leaves: readonly Leaf[], count: number): Leaf | undefined {
  let best: Leaf | undefined;
  for (let index = 0; index < count; index++) {
    if (leaves[index].score > (best?.score ?? 0)) best = leaves[index];
  }
  return best;
}
