import { startPulse } from "@systemhealer/platform/pulse";
import { describe, expect, it, vi } from "vitest";

const until = (holds: () => boolean) => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 5_000, interval: 5 });

describe("a pulse", () => {
  it("sends the newest state, never two at once, and the last one before it stops", async () => {
    const sent: number[] = [];
    let under = 0;
    const pulse = startPulse(0, {
      minMilliseconds: 10,
      maxMilliseconds: 10_000,
      send: async (state) => {
        expect(++under).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        under--;
        sent.push(state);
        return true;
      },
    });
    for (let state = 1; state <= 100; state++) {
      pulse.update(state);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    pulse.update(101);
    await pulse.stop();
    expect(sent.length).toBeLessThan(50);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
    expect(sent.at(-1)).toBe(101);
  });

  it("goes on without news, over errors, until nobody wants it", async () => {
    let sends = 0;
    const errors: unknown[] = [];
    const onUnwanted = vi.fn();
    const pulse = startPulse("alive", {
      minMilliseconds: 2,
      maxMilliseconds: 4,
      send: async () => {
        sends++;
        if (sends === 2) throw new Error("lost");
        return sends < 4;
      },
      onError: (error) => errors.push(error),
      onUnwanted,
    });
    await until(() => onUnwanted.mock.calls.length > 0);
    await pulse.stop();
    expect([sends, errors.length, onUnwanted.mock.calls.length]).toEqual([4, 1, 1]);
  });
});
