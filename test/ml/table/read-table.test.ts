import { createReadStream } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type ReadTableOptions, readTable } from "../../../packages/ml/src/table/read-table.ts";
import type { Finding, TableError } from "../../../packages/ml/src/table/table-error.ts";
import { contestFile } from "../fixtures/contest-file.ts";
import { byteChunks } from "./byte-chunks.ts";

const read = (content: string | Uint8Array, options?: ReadTableOptions) => readTable(byteChunks(content), options);

async function finding(content: string | Uint8Array, options?: ReadTableOptions): Promise<Finding> {
  const error = await read(content, options).then(
    () => undefined,
    (error: TableError) => error,
  );
  expect(error?.name).toBe("TableError");
  return error!.finding;
}

describe("a table in memory", () => {
  test("has features, labels and ids apart, wherever they stand", async () => {
    const table = await read("a,label,sample_id,time,b\n1,x,s1,12:00,2\n3,y,s2,12:01,4\n5,x,s3,12:02,6\n", {
      keepSampleIds: true,
    });
    expect(table.featureNames).toEqual(["a", "b"]);
    expect(table.rowCount).toBe(3);
    expect([...table.values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(table.classes).toEqual(["x", "y"]);
    expect([...table.labels!]).toEqual([0, 1, 0]);
    expect(table.sampleIds).toEqual(["s1", "s2", "s3"]);
  });

  test("read for a model holds its features only, whatever stands in other columns", async () => {
    const options = { knownFeatures: new Set(["b", "id", "gone"]) };
    const table = await read("note,b,,twice,twice,label,id\nabc,1,,inf,x,p,7\n,2,,,,q,8\n", options);
    expect(table.featureNames).toEqual(["b", "id"]);
    expect([...table.values]).toEqual([1, 7, 2, 8]);
    expect(table.passedOver).toEqual(["note", "", "twice", "twice"]);
    expect(table.classes).toEqual(["p", "q"]);
    expect(await finding("b,b,id\n1,2,3\n", options)).toMatchObject({ code: "duplicate-column", column: "b" });
    expect(await finding("b,id\nx,3\n", options)).toMatchObject({ code: "no-label-column", expected: "label" });
    expect(await finding("b,id,label\nx,3,p\n", options)).toMatchObject({ code: "not-a-number", column: "b" });
  });

  test("a usual label counts where the named one is not there, if that was asked for", async () => {
    const content = "a,label\n1,x\n2,y\n";
    expect(await finding(content, { labelColumn: "cause" })).toMatchObject({
      code: "no-label-column",
      expected: "cause",
    });
    const table = await read(content, { labelColumn: "cause", orUsualLabel: true });
    expect(table.classes).toEqual(["x", "y"]);
  });

  test("is the same with a byte order mark, in another dialect, quoted and compressed", async () => {
    const plain = await read("a,b,label\n1.5,,x\n-2e3,4,y\n");
    for (const other of [
      "\ufeffa,b,label\r\n1.5,NA,x\r\n-2e3,4,y",
      "a;b;label\n1.5;null;x\n-2e3;4;y\n",
      "\n a\t b\tlabel \n1.5\t\tx\n-2000\t4.0\ty\n",
      '"a","b","label"\n"1.5",,"x"\n"-2e3","4","y"\n',
      gzipSync("a,b,label\n1.5,,x\n-2e3,4,y\n"),
      Buffer.concat([gzipSync("a,b,label\n1.5,,x\n"), gzipSync("-2e3,4,y\n")]),
    ])
      expect(await read(other)).toEqual(plain);
  });

  test("is the same however its bytes arrive", async () => {
    const content = "a,b,label\n1.5,,x\n-2e3,4,y\n";
    const whole = await read(content);
    for (const size of [1, 2, 3, 7]) expect(await readTable(byteChunks(content, size))).toEqual(whole);
    for (const size of [1, 5]) expect(await readTable(byteChunks(gzipSync(content), size))).toEqual(whole);
  });

  test("numbers the classes in numeric order where all are numbers, and 1.0 is the class 1", async () => {
    const table = await read("a,label\n1,10\n2,9\n3,1.0\n4,1\n5,-1\n");
    expect(table.classes).toEqual(["-1", "1", "9", "10"]);
    expect([...table.labels!]).toEqual([3, 2, 1, 1, 0]);
  });

  test("nodes are named as they stand, and 1.10 is not 1.1", async () => {
    const content = "a,node,label\n1,1.1,x\n2,1.10,y\n3,2e1,x\n4, 1.1 ,y\n5,,x\n6,20,y\n";
    const { nodes } = await read(content, { keepNodes: true });
    expect(nodes?.names).toEqual(["1.1", "1.10", "2e1", "20"]);
    expect([...nodes!.rows]).toEqual([0, 1, 2, 0, -1, 3]);
  });

  test("numbers the classes by code point where one is a text", async () => {
    expect((await read("a,label\n1,10\n2,9\n3,b\n4,B\n5,故\n")).classes).toEqual(["10", "9", "B", "b", "故"]);
  });

  test("holds what a float32 cannot at its ends", async () => {
    const table = await read("a,b,c,d,e,label\n1e300,-1e300,1e308,-1e308,1e39,x\n0.1,16777217,3.7e17,1e-50,-0.1,y\n");
    const most = 3.4028234663852886e38;
    expect([...table.values]).toEqual([
      ...[most, -most, most, -most, most],
      ...[0.1, 16777217, 3.7e17, 1e-50, -0.1].map(Math.fround),
    ]);
  });

  test("takes the label column that is named", async () => {
    const table = await read("a,label,kind\n1,2,x\n3,4,y\n", { labelColumn: "kind" });
    expect(table.featureNames).toEqual(["a", "label"]);
    expect(table.classes).toEqual(["x", "y"]);
  });

  test("may have no labels, or not all, where that is allowed", async () => {
    const without = await read("a,b\n1,2\n", { labels: "optional" });
    expect(without.labels).toBeUndefined();
    expect(without.classes).toBeUndefined();
    const partly = await read("a,label\n1,x\n2,\n3,NA\n", { labels: "optional" });
    expect([...partly.labels!]).toEqual([0, -1, -1]);
    expect((await read("a,label\n1,x\n", { labels: "ignored" })).featureNames).toEqual(["a"]);
  });

  test("grows over many rows", async () => {
    const rows = Array.from({ length: 10_001 }, (_, i) => `${i},${i % 3},${-i}`);
    const table = await read(`a,label,b\n${rows.join("\n")}`);
    expect(table.rowCount).toBe(10_001);
    expect(table.values.length).toBe(20_002);
    expect([table.values[20_000], table.values[20_001], table.labels![10_000]]).toEqual([10_000, -10_000, 1]);
  });
});

describe("a table that cannot be read", () => {
  test.each([
    ["", { code: "empty-file" }],
    ["\n \n", { code: "empty-file" }],
    ["a,label\n", { code: "no-rows" }],
    ["a,b\n1,2\n", { code: "no-label-column", row: 0, expected: "label" }],
    ["label\nx\n", { code: "no-feature-columns", row: 0 }],
    ["a,a,label\n1,2,x\n", { code: "duplicate-column", row: 0, column: "a", found: "1, 2", expected: "1" }],
    ["a,label,label\n1,x,y\n", { code: "duplicate-column", row: 0, column: "label", found: "2, 3", expected: "2" }],
    ["a,,label\n1,2,x\n", { code: "empty-column-name", row: 0, found: "2", expected: "name" }],
    ["a,label\n1,x\nfoo,y\n", { code: "not-a-number", row: 2, column: "a", found: "foo", expected: "number" }],
    ["a,b,label\n1,x\n", { code: "too-few-cells", row: 1, found: "2", expected: "3" }],
    ["a,label\n1,x,2\n", { code: "too-many-cells", row: 1, found: "3", expected: "2" }],
    ["a,label\n1,x\n2,\n", { code: "missing-label", row: 2, column: "label", found: "", expected: "class" }],
    ['a,label\n1,"x\n', { code: "unclosed-quote", row: 1, column: "label", found: '"x', expected: '"' }],
    ['a,"label\n1,x\n', { code: "unclosed-quote", row: 0, found: 'a,"label', expected: '"' }],
  ])("%j is refused where it is wrong", async (content, expected) => {
    expect(await finding(content)).toEqual(expected);
  });

  test("is named for its encoding", async () => {
    expect(await finding(Buffer.from("\ufeffa,label\n1,x\n", "utf16le"))).toMatchObject({
      code: "not-utf8",
      row: 0,
      found: "UTF-16",
    });
    expect(await finding(Buffer.from("a,label\n1,x\n", "utf16le"))).toMatchObject({
      code: "not-utf8",
      row: 0,
      found: "UTF-16",
    });
    const gbk = Buffer.concat([Buffer.from("a,label\n1,"), Uint8Array.of(0xd5, 0xfd, 0xb3, 0xa3, 10)]);
    expect(await finding(gbk)).toMatchObject({ code: "not-utf8", row: 1, column: "label", found: "GBK: 正常" });
    expect(await finding(Buffer.from("a,label\n1,\xe9\n", "latin1"))).toMatchObject({
      code: "not-utf8",
      row: 1,
      column: "label",
    });
  });

  test("is named for a compressed stream that is cut off or damaged", async () => {
    const zipped = gzipSync(`a,label\n${"1.5,x\n".repeat(10_000)}`);
    expect(await finding(zipped.subarray(0, -20))).toMatchObject({ code: "not-gzip" });
    const damaged = Buffer.from(zipped);
    damaged.fill(0xff, 40, 60);
    expect(await finding(damaged)).toMatchObject({ code: "not-gzip" });
  });

  test("keeps the error of a source that fails", async () => {
    const failure = new Error("the disk is gone");
    const source = async function* (start: Uint8Array) {
      yield start;
      throw failure;
    };
    await expect(readTable(source(Buffer.from("a,label\n1,x\n")))).rejects.toBe(failure);
    await expect(readTable(source(gzipSync("a,label\n1,x\n").subarray(0, 15)))).rejects.toBe(failure);
  });

  test("stops where the signal says so", async () => {
    const controller = new AbortController();
    const source = async function* () {
      yield Buffer.from("a,label\n");
      controller.abort(new Error("no longer needed"));
      for (;;) yield Buffer.from("1,x\n");
    };
    await expect(readTable(source(), { signal: controller.signal })).rejects.toThrow("no longer needed");
  });
});

describe("contest data", () => {
  const files = [
    ["zte-a10/train.csv", 5_809, 107, [2_972, 633, 952, 514, 320, 418]],
    ["zte-a10/validate.csv", 499, 107, [88, 83, 85, 84, 78, 81]],
    ["zte-a10/test_unlabelled.csv", 2_000, 107, undefined],
    ["dbpa-mysql/windows_32_128.csv", 1_943, 92, [384, 384, 108, 40, 18, 192, 481, 80, 256]],
    ["dbpa-mysql/windows_64_256.csv", 1_943, 92, [384, 384, 108, 40, 18, 192, 481, 80, 256]],
  ] as const;
  for (const [name, rows, features, classRows] of files) {
    const path = contestFile(name);
    test.skipIf(path === undefined)(`${name} is read`, async () => {
      const table = await readTable(createReadStream(path!), { labels: "optional" });
      expect(table.rowCount).toBe(rows);
      expect(table.featureNames.length).toBe(features);
      expect(table.values.length).toBe(rows * features);
      const counts = table.classes?.map((_, index) => table.labels!.filter((label) => label === index).length);
      expect(counts).toEqual(classRows);
    });
  }
});
