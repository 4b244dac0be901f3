import { describe, expect, it } from "vitest";
import { createPacer } from "../../packages/ml/src/pacer.ts";

describe("a pacer", () => {
  it("lets timers run in the middle of a long computation", async () => {
    const pacer = createPacer();
    let ticked = false;
    const timer = setTimeout(() => {
      ticked = true;
    }, 0);
    for (let step = 0; step < 10_000_000 && !ticked; step++) await pacer.giveWay();
    clearTimeout(timer);
    expect(ticked).toBe(true);
  });

  it("throws the reason of an aborted signal", async () => {
    const reason = new Error("enough");
    await expect(createPacer(AbortSignal.abort(reason)).giveWay()).rejects.toBe(reason);
  });
});
