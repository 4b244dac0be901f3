import { expect, test } from "vitest";
import { actOnEach } from "../../../frontend/src/lib/act-on-each.ts";

test("what fails for one record is named and does not keep the others from it", async () => {
  const records = ["one", "two", "three"].map((name) => ({ name }));
  const outcome = await actOnEach(records, async ({ name }) => {
    if (name === "two") throw new Error("gone");
    return name.length;
  });
  expect(outcome.done).toEqual([3, 5]);
  expect(outcome.failed).toEqual([{ name: "two", error: new Error("gone") }]);
});
