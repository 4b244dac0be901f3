import { afterAll, beforeEach, expect, test, vi } from "vitest";
import {
  choicesMade,
  forgetSent,
  noteChoices,
  takeOverGuestChoices,
  unsentChoices,
} from "../../../frontend/src/lib/unsent-choices.ts";

const kept = new Map<string, string>();
vi.stubGlobal("localStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
});
beforeEach(() => kept.clear());
afterAll(() => vi.unstubAllGlobals());

test("choices wait to be sent, the last of each, and one that is taken back is told as null", () => {
  const before = choicesMade.get();
  noteChoices("ada", { density: "compact", palette: { name: "ibm" } });
  noteChoices("ada", { density: "comfortable", palette: undefined });
  expect(unsentChoices("ada")).toEqual({ density: "comfortable", palette: null });
  expect(unsentChoices("bob")).toEqual({});
  expect(choicesMade.get()).toBe(before + 2);
});

test("what was chosen otherwise while the former choice was sent stays to be sent", () => {
  noteChoices("ada", { density: "compact", language: "zh" });
  const sent = unsentChoices("ada");
  noteChoices("ada", { density: "comfortable" });
  forgetSent("ada", sent);
  expect(unsentChoices("ada")).toEqual({ density: "comfortable" });
  forgetSent("ada", { density: "comfortable" });
  expect(unsentChoices("ada")).toEqual({});
  expect(kept.size).toBe(0);
});

test("what was chosen before the sign-in goes to the account that signs in, once", () => {
  noteChoices(undefined, { language: "zh" });
  takeOverGuestChoices("ada");
  takeOverGuestChoices("bob");
  expect(unsentChoices("ada")).toEqual({ language: "zh" });
  expect(unsentChoices("bob")).toEqual({});
});

test("what a browser has kept and cannot be read is no choice", () => {
  kept.set("systemhealer.ada.preferences.unsent", "{broken");
  expect(unsentChoices("ada")).toEqual({});
});
