import { expect, test } from "vitest";
import { settingsLines } from "../../../cli/src/terminal/settings-lines.ts";

test("settings are one a line, those of the learner below it, values in one column", () => {
  const settings = { learner: { learner: "mlp", hiddenUnits: [64, 32], epochs: 25 }, seed: 7, missingIndicators: true };
  expect(settingsLines(settings)).toEqual([
    "  learner            mlp",
    "    hiddenUnits      64, 32",
    "    epochs           25",
    "  seed               7",
    "  missingIndicators  true",
  ]);
});

test("nothing in a model file reaches the terminal's control characters", () => {
  expect(settingsLines({ "a\u001b[31m": "b\u001b[2J" }).join("")).not.toContain("\u001b");
});
