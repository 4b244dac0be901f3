import { describe, expect, it } from "vitest";
import { flatten, signed, unsigned } from "../../../packages/ml/src/wasm/code.ts";
import { i32 } from "../../../packages/ml/src/wasm/instructions.ts";
import { ModuleBuilder, whileLoop } from "../../../packages/ml/src/wasm/module-builder.ts";

describe("WebAssembly from TypeScript", () => {
  it("writes numbers as LEB128", () => {
    expect(unsigned(0)).toEqual([0]);
    expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(unsigned(2 ** 32 - 1)).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f]);
    expect(signed(-123_456)).toEqual([0xc0, 0xbb, 0x78]);
    expect(signed(64)).toEqual([0xc0, 0x00]);
    expect(flatten([1, [2, [3]], []])).toEqual([1, 2, 3]);
  });

  it("makes modules that the engine takes and runs on a shared memory", () => {
    const builder = new ModuleBuilder();
    builder.add("sum", ["i32", "i32"], (f, address, count) => {
      const sum = f.local("i32");
      const end = f.local("i32");
      const start = f.local("i32");
      return [
        start.set(address.get),
        end.set(i32.add(address.get, i32.shl(count.get, i32.const(2)))),
        whileLoop(i32.ltU(address.get, end.get), [
          sum.set(i32.add(sum.get, i32.load(address.get))),
          address.increase(4),
        ]),
        i32.store(start.get, sum.get),
      ];
    });
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(builder.encode(1)), { env: { memory } });
    const words = new Int32Array(memory.buffer);
    words.set([1, -20, 300]);
    (exports as unknown as { sum(address: number, count: number): void }).sum(0, 3);
    expect(words[0]).toBe(281);
  });
});
