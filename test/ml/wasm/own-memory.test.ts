import { expect, it } from "vitest";
import { f32 } from "../../../packages/ml/src/wasm/instructions.ts";
import { ModuleBuilder } from "../../../packages/ml/src/wasm/module-builder.ts";
import { maximumPages, openOnOwnMemory } from "../../../packages/ml/src/wasm/own-memory.ts";

interface Doubling {
  double(address: number): void;
}

const builder = new ModuleBuilder();
builder.add("double", ["i32"], (_, at) => f32.store(at.get, f32.add(f32.load(at.get), f32.load(at.get))));
const module = new WebAssembly.Module(builder.encode(maximumPages));

it("each instance works on its own memory, which is as large as asked for", () => {
  const [one, other] = [100_000, 0].map((bytes) => openOnOwnMemory<Doubling>(module, bytes)!);
  expect([one.buffer.byteLength, other.buffer.byteLength]).toEqual([131_072, 65_536]);
  for (const { buffer } of [one, other]) new Float32Array(buffer)[4] = 1.5;
  one.kernel.double(16);
  expect([one, other].map(({ buffer }) => new Float32Array(buffer)[4])).toEqual([3, 1.5]);
});

it("more than addresses reach is not opened", () => {
  expect(openOnOwnMemory(module, 65_536 * maximumPages + 1)).toBeUndefined();
});
