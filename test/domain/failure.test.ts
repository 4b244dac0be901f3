import { ConflictError, RunFailedError } from "@systemhealer/domain/errors";
import { failureOf } from "@systemhealer/domain/failure";
import { expect, test } from "vitest";

test("an error that has a failure's code speaks for itself", () => {
  expect(failureOf(new RunFailedError("out-of-memory", { memoryMiB: 512 }))).toEqual({
    code: "out-of-memory",
    parameters: { memoryMiB: 512 },
  });
  expect(failureOf(new ConflictError("data-changed"))).toEqual({ code: "data-changed", parameters: {} });
});

test("parameters are such as a record can hold", () => {
  const error = Object.assign(new Error(), { code: "did-not-converge", parameters: { loss: Number.NaN, epoch: 3 } });
  expect(failureOf(error).parameters).toEqual({ loss: "NaN", epoch: 3 });
});

test("anything else is internal and tells nothing", () => {
  for (const error of [new Error("secret"), Object.assign(new Error(), { code: "ECONNRESET" }), "text", undefined]) {
    expect(failureOf(error)).toEqual({ code: "internal", parameters: {} });
  }
});
