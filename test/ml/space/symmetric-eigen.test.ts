import { symmetricEigen } from "@systemhealer/ml/space/symmetric-eigen";
import { describe, expect, it } from "vitest";

describe("symmetricEigen", () => {
  it("finds the eigenvalues that numpy.linalg.eigh finds", async () => {
    const matrix = Float64Array.of(4, 1, -2, 2, 1, 2, 0, 1, -2, 0, 3, -2, 2, 1, -2, -1);
    const { values } = await symmetricEigen(matrix, 4);
    const expected = [6.844621107234965, 2.2685314064312423, 1.0843644637732166, -2.1975169774394243];
    for (const [index, value] of expected.entries()) expect(values[index]).toBeCloseTo(value, 10);
  });

  it("gives vectors that the matrix only stretches, at right angles to one another", async () => {
    const size = 20;
    const matrix = new Float64Array(size * size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) matrix[row * size + column] = Math.sin((row + 1) * (column + 1));
    }
    const { values, vectors } = await symmetricEigen(matrix, size);
    for (let one = 0; one < size; one++) {
      const vector = vectors.subarray(one * size, (one + 1) * size);
      for (let row = 0; row < size; row++) {
        const image = vector.reduce((sum, entry, column) => sum + matrix[row * size + column] * entry, 0);
        expect(image).toBeCloseTo(values[one] * vector[row], 10);
      }
      for (let other = 0; other < size; other++) {
        const product = vector.reduce((sum, entry, k) => sum + entry * vectors[other * size + k], 0);
        expect(product).toBeCloseTo(one === other ? 1 : 0, 10);
      }
    }
  });

  it("takes a matrix of zeros, and none at all", async () => {
    expect([...(await symmetricEigen(new Float64Array(9), 3)).values]).toEqual([0, 0, 0]);
    expect((await symmetricEigen(new Float64Array(0), 0)).values.length).toBe(0);
  });
});
