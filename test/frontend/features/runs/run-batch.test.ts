import type { RunView } from "@systemhealer/contract/run";
import { expect, test } from "vitest";
import { cancellable, deletable, retryable } from "../../../../frontend/src/features/runs/run-batch.ts";

const run = (name: string, status: RunView["status"]) => ({ name, status }) as RunView;
const runs = [
  run("a", "queued"),
  run("b", "running"),
  run("c", "succeeded"),
  run("d", "failed"),
  run("e", "cancelled"),
];
const namesOf = (list: readonly RunView[]) => list.map(({ name }) => name);

test("what moves can be cancelled, what ended without a result can be started again, what ended deleted", () => {
  expect(namesOf(cancellable(runs))).toEqual(["a", "b"]);
  expect(namesOf(retryable(runs))).toEqual(["d", "e"]);
  expect(namesOf(deletable(runs))).toEqual(["c", "d", "e"]);
});
