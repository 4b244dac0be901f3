import { fitMap } from "@systemhealer/ml/map/fit-map";
import { encodeMap, mapMethods } from "@systemhealer/ml/map/map-model";
import { openMap } from "@systemhealer/ml/map/open-map";
import { createRandom } from "@systemhealer/ml/random/random";
import { describe, expect, it } from "vitest";
import { trustworthiness } from "./trustworthiness.ts";

const columnCount = 20;

describe("fitMap", () => {
  it.each(mapMethods)("%s draws rows of one class together, and places unseen rows among them", async (method) => {
    const { raw, labels, rows } = threeClouds(600);
    const fitted = rows.filter((row) => row % 2 === 0);
    const unseen = rows.filter((row) => row % 2 === 1);
    const model = await fitMap({ raw, rows: fitted, labels, classCount: 3 }, method, { seed: 1 });
    expect(model.method).toBe(method);
    const map = openMap(encodeMap(model));
    for (const which of [fitted, unseen]) {
      const places = map.place(gather(raw.values, which), which.length);
      expect(sameClassNeighbours(places, which, labels)).toBeGreaterThan(0.97);
    }
  });

  it.each(["umap", "tsne"] as const)("%s keeps neighbourhoods that two principal axes do not", async (method) => {
    const { raw, rows } = manyClouds(400);
    const trusted = async (kind: "pca" | "umap" | "tsne") => {
      const places = openMap(encodeMap(await fitMap({ raw, rows }, kind, { seed: 1 }))).place(raw.values, 400);
      return trustworthiness(raw.values, columnCount, places, 5);
    };
    expect(await trusted(method)).toBeGreaterThan((await trusted("pca")) + 0.05);
  });

  it("gives the same map for the same seed, and puts a row in the same place alone or among others", async () => {
    const { raw, labels, rows } = threeClouds(200);
    const texts: string[] = [];
    for (let run = 0; run < 2; run++) {
      texts.push(encodeMap(await fitMap({ raw, rows, labels, classCount: 3 }, "umap", { seed: 7 })));
    }
    expect(texts[0]).toBe(texts[1]);
    const map = openMap(texts[0] as string);
    const all = map.place(raw.values, 200);
    for (const row of [0, 57, 199]) {
      const alone = map.place(gather(raw.values, Int32Array.of(row)), 1);
      expect([...alone]).toEqual([...all.subarray(2 * row, 2 * row + 2)]);
    }
  });

  it.each(mapMethods)("%s takes one row, two rows, equal rows, and rows of gaps", async (method) => {
    const gaps = new Float32Array(columnCount * 12).fill(Number.NaN);
    const line = Float32Array.from({ length: columnCount * 12 }, (_, cell) => Math.floor(cell / columnCount));
    for (const [values, count] of [
      [line, 1],
      [line, 2],
      [line, 12],
      [line.map(() => 3), 12],
      [gaps, 12],
      [line.map((value) => (value % 2 === 0 ? 3.4e38 : -3.4e38)), 12],
    ] as const) {
      const rows = Int32Array.from({ length: count }, (_, row) => row);
      const model = await fitMap({ raw: { values, columnCount }, rows }, method, { seed: 0 });
      const places = openMap(encodeMap(model)).place(values, count);
      expect(places.length).toBe(2 * count);
      expect(places.every(Number.isFinite)).toBe(true);
    }
  });

  it("takes gaps and numbers far out in rows that it places", async () => {
    const { raw, rows } = threeClouds(60);
    const map = openMap(encodeMap(await fitMap({ raw, rows }, "umap", { seed: 1 })));
    const odd = new Float32Array(3 * columnCount).fill(Number.NaN);
    odd.fill(3.4e38, columnCount, 2 * columnCount);
    odd.fill(Number.NEGATIVE_INFINITY, 2 * columnCount);
    expect(map.place(odd, 3).every(Number.isFinite)).toBe(true);
  });

  it("tells the shares of the variance of a map by principal components alone", async () => {
    const { raw, rows } = threeClouds(60);
    const explained = async (method: "pca" | "umap") =>
      openMap(encodeMap(await fitMap({ raw, rows }, method, { seed: 1 }))).explained;
    const [first, second] = (await explained("pca")) ?? [0, 0];
    expect(first).toBeGreaterThan(second);
    expect(first + second).toBeLessThanOrEqual(1);
    expect(await explained("umap")).toBeUndefined();
  });

  it.each(mapMethods)("%s ends when it is told to", async (method) => {
    const { raw, rows } = threeClouds(300);
    const end = new AbortController();
    const fitting = fitMap({ raw, rows }, method, { seed: 1, signal: end.signal });
    setTimeout(() => end.abort(new Error("told to")), 1);
    if (method !== "pca") await expect(fitting).rejects.toThrow("told to");
    // This one may have ended before.
    else await fitting.catch((error) => expect(error).toHaveProperty("message", "told to"));
    await expect(fitMap({ raw, rows }, method, { seed: 1, signal: AbortSignal.abort() })).rejects.toThrow();
  });
});

/** Three clouds of rows in 20 columns, with some gaps. */
function threeClouds(rowCount: number) {
  return clouds(rowCount, 3, 0.05);
}

/** As many clouds as two axes cannot part. */
function manyClouds(rowCount: number) {
  return clouds(rowCount, 50, 0);
}

function clouds(rowCount: number, count: number, gapShare: number) {
  const random = createRandom(11);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const centres = Float32Array.from({ length: count * columnCount }, () => 4 * normal());
  const labels = Int32Array.from({ length: rowCount }, (_, row) => row % count);
  const values = new Float32Array(rowCount * columnCount);
  for (let cell = 0; cell < values.length; cell++) {
    const label = labels[Math.floor(cell / columnCount)];
    const value = centres[label * columnCount + (cell % columnCount)] + normal();
    values[cell] = random.uniform() < gapShare ? Number.NaN : value;
  }
  return { raw: { values, columnCount }, labels, rows: Int32Array.from({ length: rowCount }, (_, row) => row) };
}

function gather(values: Float32Array, rows: Int32Array): Float32Array {
  const gathered = new Float32Array(rows.length * columnCount);
  for (const [place, row] of rows.entries()) {
    gathered.set(values.subarray(row * columnCount, (row + 1) * columnCount), place * columnCount);
  }
  return gathered;
}

/** Share of rows whose nearest other row on the map has their label. */
function sameClassNeighbours(places: Float32Array, rows: Int32Array, labels: Int32Array): number {
  let same = 0;
  for (let one = 0; one < rows.length; one++) {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let other = 0; other < rows.length; other++) {
      const distance = Math.hypot(places[2 * one] - places[2 * other], places[2 * one + 1] - places[2 * other + 1]);
      if (other !== one && distance < least) [best, least] = [other, distance];
    }
    if (labels[rows[one]] === labels[rows[best]]) same++;
  }
  return same / rows.length;
}
