import { startPulse } from "@systemhealer/platform/pulse";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

describe("a pulse", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("sends the newest state, never two at once or too soon, and the last one before it stops", async () => {
    const sent: { readonly state: number; readonly at: number }[] = [];
    let under = 0;
    const pulse = startPulse(0, {
      minMilliseconds: 10,
      maxMilliseconds: 10_000,
      send: async (state) => {
        expect(++under).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        under--;
        sent.push({ state, at: Date.now() });
        return true;
      },
    });
    for (let state = 1; state <= 100; state++) {
      pulse.update(state);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.length).toBeLessThanOrEqual(10);
    for (const [place, { at }] of sent.entries()) {
      if (place > 0) expect(at - sent[place - 1]!.at).toBeGreaterThanOrEqual(10);
    }
    pulse.update(101);
    const stopping = pulse.stop();
    await vi.advanceTimersByTimeAsync(20);
    await stopping;
    const states = sent.map(({ state }) => state);
    expect(states).toEqual([...new Set(states)].sort((a, b) => a - b));
    expect(states.at(-1)).toBe(101);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(states.length);
  });

  it("without news sends the last state again, no oftener than it must", async () => {
    const sent: string[] = [];
    const pulse = startPulse("alive", {
      minMilliseconds: 500,
      maxMilliseconds: 15_000,
      send: async (state) => sent.push(state) > 0,
    });
    await vi.advanceTimersByTimeAsync(14_999);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual(["alive", "alive", "alive", "alive"]);
    await pulse.stop();
    expect(sent).toHaveLength(4);
  });

  it("goes on over errors, until nobody wants it", async () => {
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
    await vi.advanceTimersByTimeAsync(1_000);
    pulse.update("news");
    await vi.advanceTimersByTimeAsync(1_000);
    await pulse.stop();
    expect([sends, errors.length, onUnwanted.mock.calls.length]).toEqual([4, 1, 1]);
  });
});
