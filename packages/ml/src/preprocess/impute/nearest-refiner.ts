import type { FilledRows, GapRefiner } from "./gap-refiner.ts";

const prototypeCount = 200;
const neighbours = 5;
/** Distances are rounded to this, so that what is equal stays equal whatever the order of summation. */
const distanceSteps = 2 ** 20;

/**
 * k-nearest imputation against a bounded set of training rows: those with the fewest gaps, at most 200. A gap becomes
 * the mean of the five whose squared distance over the row's numbers is least; of equals the first count.
 */
export function fitNearestRefiner(rows: FilledRows): GapRefiner {
  const { columnCount, values } = rows;
  const chosen = choosePrototypes(rows);
  const prototypes = new Float64Array(chosen.length * columnCount);
  for (const [place, row] of chosen.entries()) {
    prototypes.set(values.subarray(row * columnCount, (row + 1) * columnCount), place * columnCount);
  }
  return createNearestRefiner(prototypes, chosen.length, columnCount);
}

function choosePrototypes({ rowCount, columnCount, gaps }: FilledRows): number[] {
  const counts = new Int32Array(rowCount);
  for (let cell = 0; cell < gaps.length; cell++) counts[Math.floor(cell / columnCount)] += gaps[cell];
  const complete = [...counts.keys()].sort((one, other) => counts[one] - counts[other] || one - other);
  const candidates = complete.slice(0, Math.max(prototypeCount, complete.filter((row) => counts[row] === 0).length));
  const step = Math.max(1, candidates.length / prototypeCount);
  return Array.from(
    { length: Math.min(prototypeCount, candidates.length) },
    (_, place) => candidates[Math.floor(place * step)],
  );
}

function createNearestRefiner(prototypes: Float64Array, count: number, width: number): GapRefiner {
  const k = Math.min(neighbours, count);
  const squares = prototypes.map((value) => value ** 2);
  return {
    refine(row, gaps) {
      if (!gaps.includes(1)) return;
      const distances = Float64Array.from({ length: count }, (_, prototype) => {
        let distance = 0;
        for (let column = 0; column < width; column++) {
          if (!gaps[column]) distance += (row[column] - prototypes[prototype * width + column]) ** 2;
        }
        return Math.round(distance * distanceSteps);
      });
      const nearest = [...distances.keys()].sort((one, other) => distances[one] - distances[other] || one - other);
      for (let column = 0; column < width; column++) {
        if (!gaps[column]) continue;
        let total = 0;
        for (let place = 0; place < k; place++) total += prototypes[nearest[place] * width + column];
        row[column] = total / k;
      }
    },
    addTo(graph, values, gaps) {
      const table = (name: string, data: Float64Array) =>
        graph.addConstant(name, { type: "float64", dims: [count, width], data });
      const rows = table("prototypes", prototypes);
      const turned = (name: string) => graph.addNode("Transpose", [name], { attributes: { perm: { ints: [1, 0] } } });
      const zero = graph.addScalar("float64", 0);
      const known = graph.addNode("Where", [gaps, zero, values]);
      const present = graph.addCast(graph.addNode("Not", [gaps]), "float64");
      const own = graph.addNode("ReduceSum", [graph.addNode("Mul", [known, known]), graph.addInts(1)]);
      const product = graph.addNode("MatMul", [known, turned(rows)]);
      const theirs = graph.addNode("MatMul", [present, turned(table("prototypeSquares", squares))]);
      const crossed = graph.addNode("Mul", [product, graph.addScalar("float64", 2)]);
      const distance = graph.addNode("Sub", [graph.addNode("Add", [own, theirs]), crossed]);
      const steps = graph.addNode("Mul", [distance, graph.addScalar("float64", distanceSteps)]);
      const [, nearest] = graph.addNodeWithOutputs("TopK", [graph.addNode("Round", [steps]), graph.addInts(k)], 2, {
        attributes: { axis: { int: 1 }, largest: { int: 0 }, sorted: { int: 1 } },
      });
      const found = graph.addNode("Gather", [rows, nearest], { attributes: { axis: { int: 0 } } });
      const mean = graph.addNode("ReduceMean", [found], { attributes: { axes: { ints: [1] }, keepdims: { int: 0 } } });
      return graph.addNode("Where", [gaps, mean, values]);
    },
  };
}
