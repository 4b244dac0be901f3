import { expect, test } from "vitest";
import { resolveCondition, resolveValue, type Scope } from "../../../local/template/intrinsics.ts";
import type { Json } from "../../../local/template/json.ts";

const scope: Scope = {
  zones: ["z1", "z2"],
  ref: (name) => (name === "AWS::NoValue" ? undefined : `ref-${name}`),
  getAtt: (id, attribute) => `${id}.${attribute}`,
  importValue: (name) => `imported ${name}`,
  mapping: (map, key, second) => (map === "Sizes" ? `${key}/${second}` : undefined),
  condition: (name) => name === "Yes",
};

test.each<[string, Json, Json]>([
  ["Ref", { Ref: "Table" }, "ref-Table"],
  ["GetAtt", { "Fn::GetAtt": ["Table", "Arn"] }, "Table.Arn"],
  ["GetAtt as text", { "Fn::GetAtt": "Nested.Outputs.Name" }, "Nested.Outputs.Name"],
  ["Join", { "Fn::Join": ["", ["arn:", { Ref: "P" }, ":s3:::", 3]] }, "arn:ref-P:s3:::3"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation writes it so
  ["Sub", { "Fn::Sub": "${A}-${B.Arn}-${!Literal}" }, "ref-A-B.Arn-${Literal}"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation writes it so
  ["Sub with variables", { "Fn::Sub": ["${x}/${A}", { x: { Ref: "X" } }] }, "ref-X/ref-A"],
  ["Select of Split", { "Fn::Select": [1, { "Fn::Split": [":", "a:b:c"] }] }, "b"],
  ["If", { "Fn::If": ["Yes", { Ref: "A" }, "no"] }, "ref-A"],
  ["FindInMap", { "Fn::FindInMap": ["Sizes", "local", "memory"] }, "local/memory"],
  ["FindInMap with a default", { "Fn::FindInMap": ["None", "a", "b", { DefaultValue: 4 }] }, 4],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation writes it so
  ["ImportValue", { "Fn::ImportValue": { "Fn::Sub": "${A}:x" } }, "imported ref-A:x"],
  ["GetAZs", { "Fn::Select": [0, { "Fn::GetAZs": "" }] }, "z1"],
  ["Base64", { "Fn::Base64": "text" }, "dGV4dA=="],
  ["NoValue in an object", { a: 1, b: { Ref: "AWS::NoValue" } }, { a: 1 }],
  ["NoValue in a list", [1, { "Fn::If": ["No", 2, { Ref: "AWS::NoValue" }] }], [1]],
])("%s is resolved", (_name, value, expected) => {
  expect(resolveValue(value, scope)).toEqual(expected);
});

test("conditions are evaluated", () => {
  expect(resolveCondition({ "Fn::Equals": [{ Ref: "A" }, "ref-A"] }, scope)).toBe(true);
  expect(
    resolveCondition(
      { "Fn::And": [{ Condition: "Yes" }, { "Fn::Not": [{ "Fn::Or": [{ Condition: "No" }, { Condition: "No" }] }] }] },
      scope,
    ),
  ).toBe(true);
});

test("a function that is not known is an error, not a value", () => {
  expect(() => resolveValue({ "Fn::Transform": {} }, scope)).toThrow("Fn::Transform");
});
