import { describe, expect, it } from "vitest";
import { minimise, type Objective } from "../../../packages/ml/src/optimise/l-bfgs.ts";

/** H. Rosenbrock's valley; its least value is 0 at (1, 1). */
const rosenbrock: Objective = async ([x, y], gradient) => {
  gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
  gradient[1] = 200 * (y - x * x);
  return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
};

describe("L-BFGS", () => {
  it("walks through a bent valley to its lowest point, never uphill", async () => {
    const values: number[] = [];
    const onIteration = (_: number, value: number) => {
      values.push(value);
    };
    const { point, iterations } = await minimise(rosenbrock, Float64Array.of(-1.2, 1), {
      iterations: 200,
      onIteration,
    });
    expect(point[0]).toBeCloseTo(1, 4);
    expect(point[1]).toBeCloseTo(1, 4);
    expect(iterations).toBeLessThan(100);
    expect(values).toEqual(values.toSorted((one, two) => two - one));
  });

  it("stays where nothing is to be gained, and stops when its iterations are used up", async () => {
    expect((await minimise(rosenbrock, Float64Array.of(1, 1), { iterations: 10 })).iterations).toBe(0);
    expect((await minimise(rosenbrock, Float64Array.of(-1.2, 1), { iterations: 3 })).iterations).toBe(3);
  });
});
