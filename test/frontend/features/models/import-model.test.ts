import { expect, test } from "vitest";
import { importProblem } from "../../../../frontend/src/features/models/import-model.ts";

test("a file that cannot be a model is named before it is sent", () => {
  expect(importProblem({ name: "notes.pdf", size: 10 }, 100)).toBe("importWrongType");
  expect(importProblem({ name: "model.onnx", size: 101 }, 100)).toBe("importTooLarge");
  expect(importProblem({ name: "MODEL.ONNX", size: 100 }, 100)).toBeUndefined();
});
