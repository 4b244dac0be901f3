import { expect, test } from "vitest";
import { fingerprintOf } from "../../../../frontend/src/features/uploads/fingerprint.ts";

const bytes = (length: number, change?: number) => {
  const content = new Uint8Array(length);
  if (change !== undefined) content[change] = 1;
  return new Blob([content]);
};

test("the same bytes have the same fingerprint; another size, beginning or end another one", async () => {
  const size = 300_000;
  const one = await fingerprintOf(bytes(size));
  expect(await fingerprintOf(bytes(size))).toBe(one);
  for (const other of [bytes(size + 1), bytes(size, 0), bytes(size, size - 1)]) {
    expect(await fingerprintOf(other)).not.toBe(one);
  }
});

test("a file smaller than its edges is covered whole", async () => {
  expect(await fingerprintOf(bytes(70_000, 69_000))).not.toBe(await fingerprintOf(bytes(70_000)));
});
