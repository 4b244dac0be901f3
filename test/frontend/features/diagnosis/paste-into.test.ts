import { expect, test } from "vitest";
import { pasteInto } from "../../../../frontend/src/features/diagnosis/paste-into.ts";

test("a text is pasted over what is marked, or where the cursor stands", () => {
  expect(pasteInto({ value: "cpu,old", selectionStart: 4, selectionEnd: 7 }, "disk\n1,2")).toBe("cpu,disk\n1,2");
  expect(pasteInto({ value: "ab", selectionStart: 1, selectionEnd: 1 }, "-")).toBe("a-b");
  expect(pasteInto({ value: "", selectionStart: 0, selectionEnd: 0 }, "cpu")).toBe("cpu");
});
