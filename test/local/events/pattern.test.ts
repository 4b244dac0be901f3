import { expect, test } from "vitest";
import { compilePattern, EventPatternError } from "../../../local/events/pattern.ts";
import type { Json, JsonObject } from "../../../local/template/json.ts";

const event = {
  source: "aws.s3",
  "detail-type": "Object Created",
  resources: ["arn:aws:s3:::data", "arn:aws:s3:::other"],
  detail: { bucket: { name: "data" }, object: { key: "uploads/w-1/ds-2/source", size: 120 }, reason: null },
};

test.each<[string, JsonObject]>([
  ["exact values", { source: ["aws.s3"], "detail-type": ["Object Created", "Object Deleted"] }],
  ["a prefix among several", { detail: { object: { key: [{ prefix: "drops/" }, { prefix: "uploads/" }] } } }],
  ["a suffix", { detail: { object: { key: [{ suffix: "/source" }] } } }],
  ["a wildcard", { detail: { object: { key: [{ wildcard: "uploads/*/ds-2/*" }] } } }],
  ["regardless of case", { detail: { bucket: { name: [{ "equals-ignore-case": "DATA" }] } } }],
  ["anything but a value", { detail: { bucket: { name: [{ "anything-but": ["logs", "access"] }] } } }],
  ["anything but a prefix", { detail: { object: { key: [{ "anything-but": { prefix: "runs/" } }] } } }],
  ["a number in a range", { detail: { object: { size: [{ numeric: [">", 0, "<=", 120] }] } } }],
  ["a field that is there", { detail: { object: { key: [{ exists: true }] } } }],
  ["a field that is not there", { detail: { object: { version: [{ exists: false }] } } }],
  ["null", { detail: { reason: [null] } }],
  ["an item of a list", { resources: ["arn:aws:s3:::other"] }],
  ["one of two", { $or: [{ source: ["aws.ecs"] }, { detail: { bucket: { name: ["data"] } } }] }],
])("matches by %s", (_how, pattern) => {
  expect(compilePattern(pattern)(event)).toBe(true);
});

test.each<[string, JsonObject]>([
  ["another value", { source: ["aws.ecs"] }],
  ["one of two fields that is other", { source: ["aws.s3"], detail: { bucket: { name: ["logs"] } } }],
  ["another prefix", { detail: { object: { key: [{ prefix: "runs/" }] } } }],
  ["what must not be", { detail: { bucket: { name: [{ "anything-but": "data" }] } } }],
  ["a number out of range", { detail: { object: { size: [{ numeric: ["<", 120] }] } } }],
  ["a missing field", { detail: { object: { version: ["1"] } } }],
  ["anything but, of a missing field", { detail: { object: { version: [{ "anything-but": "1" }] } } }],
])("does not match %s", (_what, pattern) => {
  expect(compilePattern(pattern)(event)).toBe(false);
});

test.each<[string, Json]>([
  ["cidr", [{ cidr: "10.0.0.0/8" }]],
  ["a prefix with options", [{ prefix: { "equals-ignore-case": "a" } }]],
  ["a text where a list must be", "aws.s3"],
])("refuses %s", (_what, rule) => {
  expect(() => compilePattern({ source: rule })).toThrow(EventPatternError);
});
