import { ServiceCentre } from "@systemhealer/simulator/service-centre";
import { expect, test } from "vitest";

const capacity = 100;

function settle(arrivals: number, servers = 1): ServiceCentre {
  const centre = new ServiceCentre(servers);
  for (let step = 0; step < 2_000; step++) centre.advance(arrivals, capacity, 1);
  return centre;
}

test.each([0.1, 0.5, 0.8, 0.95])("at rest with load %d it is the M/M/1 queue: L = ρ/(1−ρ), W = 1/(μ−λ)", (load) => {
  const centre = settle(load * capacity);
  expect(centre.number).toBeCloseTo(load / (1 - load), 3);
  expect(centre.utilisation).toBeCloseTo(load, 5);
  expect(centre.seconds).toBeCloseTo(1 / (capacity - load * capacity), 5);
});

test("more load is more utilisation, a longer queue and more latency", () => {
  const centres = [10, 30, 50, 70, 90, 99].map((arrivals) => settle(arrivals, 4));
  for (let i = 1; i < centres.length; i++) {
    expect(centres[i]!.utilisation).toBeGreaterThan(centres[i - 1]!.utilisation);
    expect(centres[i]!.number).toBeGreaterThan(centres[i - 1]!.number);
    expect(centres[i]!.seconds).toBeGreaterThan(centres[i - 1]!.seconds);
  }
});

test("nothing is lost: what has arrived and has not left is in the system", () => {
  const centre = new ServiceCentre(1, 1e9);
  let arrived = 0;
  let left = 0;
  for (let step = 0; step < 500; step++) {
    const arrivals = 90 + 60 * Math.sin(step / 20);
    centre.advance(arrivals, capacity, 2);
    arrived += arrivals * 2;
    left += centre.throughput * 2;
    expect(centre.throughput).toBeLessThanOrEqual(capacity + 1e-9);
  }
  expect(arrived - left).toBeCloseTo(centre.number, 6);
});

test("Little's law holds over a day of changing load: mean number = throughput × mean time", () => {
  const centre = new ServiceCentre(1);
  let number = 0;
  let departures = 0;
  let spent = 0;
  for (let step = 0; step < 17_280; step++) {
    centre.advance(55 + 35 * Math.sin((2 * Math.PI * step) / 17_280), capacity, 5);
    number += centre.number * 5;
    departures += centre.throughput * 5;
    spent += centre.throughput * 5 * centre.seconds;
  }
  const seconds = 17_280 * 5;
  const meanTime = spent / departures;
  expect(number / seconds / ((departures / seconds) * meanTime)).toBeCloseTo(1, 6);
});

test("past saturation the queue grows by the surplus, and refuses what does not fit", () => {
  const centre = new ServiceCentre(1, 1_000);
  centre.advance(150, capacity, 1);
  const first = centre.number;
  for (let step = 0; step < 9; step++) centre.advance(150, capacity, 1);
  expect(centre.number - first).toBeGreaterThan(9 * 49);
  for (let step = 0; step < 50; step++) centre.advance(150, capacity, 1);
  expect(centre.number).toBe(1_000);
  expect(centre.refused).toBeGreaterThan(45);
});
