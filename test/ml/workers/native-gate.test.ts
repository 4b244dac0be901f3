import { expect, it } from "vitest";
import { NativeGate } from "../../../packages/ml/src/workers/native-gate.ts";

it("lets work pass until it is closed, here and on other threads", async () => {
  const gate = new NativeGate();
  const elsewhere = new NativeGate(gate.state);
  expect(await elsewhere.pass(async () => 7)).toBe(7);
  gate.close();
  expect(elsewhere.isClosed).toBe(true);
  let passed = false;
  await expect(
    elsewhere.pass(async () => {
      passed = true;
    }),
  ).rejects.toThrow("about to end");
  expect(passed).toBe(false);
  gate.waitUntilEmpty();
});

it("knows who is inside, also after work that failed", async () => {
  const gate = new NativeGate();
  let end = () => {};
  const inside = gate.pass(() => new Promise<void>((resolve) => (end = resolve)));
  const failing = gate.pass(() => Promise.reject(new Error("no memory")));
  await expect(failing).rejects.toThrow("no memory");
  expect(gate.state[1]).toBe(1);
  end();
  await inside;
  expect(gate.state[1]).toBe(0);
});
