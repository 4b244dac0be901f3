import { expect, test } from "vitest";
import { eventsNeverSent } from "../../../local/assemble/rules.ts";

test("a rule that waits for what the local stack never sends is noticed", () => {
  expect(eventsNeverSent({ source: ["aws.s3"], "detail-type": ["Object Created"] })).toEqual([]);
  expect(eventsNeverSent({ detail: { object: { key: [{ prefix: "drops/" }] } } })).toEqual([]);
  expect(eventsNeverSent({ source: ["aws.states"] })).toEqual(["aws.states"]);
  expect(eventsNeverSent({ source: ["aws.s3"], "detail-type": ["Object Deleted"] })).toEqual(["Object Deleted"]);
});
