import { isPlainLine } from "@systemhealer/contract/plain-text";
import { plainJson, visible, withoutSteering } from "@systemhealer/contract/visible";
import { expect, test } from "vitest";

const steering = ["\u0000", "\u0007", "\n", "\t", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u202e", "\u2066"];

test("what steers is taken out of names of files", () => {
  expect(withoutSteering("a\u202eb\nc", "_")).toBe("a_b_c");
});

test("what is not seen or steers is shown by its code point, and shown again it is the same", () => {
  expect(visible("cpu\u202egpj.exe")).toBe("cpu⟨U+202E⟩gpj.exe");
  expect(visible("disk\u200bwait\ufeff")).toBe("disk⟨U+200B⟩wait⟨U+FEFF⟩");
  expect(visible("\u001b[31mred\n")).toBe("⟨U+001B⟩[31mred⟨U+000A⟩");
  expect(visible("a\ud800b\u{e0041}")).toBe("a⟨U+D800⟩b⟨U+E0041⟩");
  for (const text of steering) expect(visible(visible(text))).toBe(visible(text));
  expect(new Set(["net", "net\u200b", "net\u200c", "net\u200d", "n\u00adet"].map(visible)).size).toBe(5);
});

test("writing that people read stays as it is, with the joiners of its scripts", () => {
  const read = ["夜间负载.csv", "ünïcode 😀", "עברית", "می‌خواهم", "क्‍ष", "👩🏽‍💻", "❤️‍🔥", "a_b-c (1)", " "];
  for (const text of read) expect(visible(text)).toBe(text);
});

test("JSON for machines is the same value and steers no terminal", () => {
  const value = { "a\u202eb": ["\u009b2J", "\u001b", "\u2028", "夜间", 1, null] };
  const text = plainJson(value);
  expect(isPlainLine(text)).toBe(true);
  expect(JSON.parse(text)).toEqual(value);
});
