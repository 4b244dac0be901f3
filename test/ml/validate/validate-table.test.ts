import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Profile as ProfileSchema } from "@systemhealer/contract/profile";
import { ValidationReport as ReportSchema } from "@systemhealer/contract/validation-report";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../packages/ml/src/table/table-error.ts";
import type { Profile, ValidationReport } from "../../../packages/ml/src/validate/profile.ts";
import { type ValidateTableOptions, validateTable } from "../../../packages/ml/src/validate/validate-table.ts";
import { byteChunks } from "../table/byte-chunks.ts";

type Options = Partial<ValidateTableOptions>;

async function profile(content: string | Uint8Array, options: Options = {}): Promise<Profile> {
  const result = await validateTable(byteChunks(content), { purpose: "training", ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.report.findings));
  expect(ProfileSchema.parse(JSON.parse(JSON.stringify(result.profile)))).toEqual(result.profile);
  return result.profile;
}

async function report(content: string | Uint8Array, options: Options = {}): Promise<ValidationReport> {
  const result = await validateTable(byteChunks(content), { purpose: "training", ...options });
  if (result.ok) throw new Error("the table is not refused");
  expect(ReportSchema.parse(JSON.parse(JSON.stringify(result.report)))).toEqual(result.report);
  return result.report;
}

const findings = async (content: string | Uint8Array, options?: Options): Promise<readonly Finding[]> =>
  (await report(content, options)).findings;

const rows = "1,x\n2,x\n3,y\n4,y\n";

describe("the profile of a good table", () => {
  test("warns of every class of one row, which a training leaves out", async () => {
    const { classes, warnings } = await profile(`a,label\n0,disk\n${rows}5,net\n`);
    expect(warnings).toEqual([
      { code: "class-left-out", row: 1, column: "disk", found: "1", expected: "2" },
      { code: "class-left-out", row: 6, column: "net", found: "1", expected: "2" },
    ]);
    expect(classes).toContainEqual({ name: "net", rows: 1 });
    expect((await profile(`a,label\n${rows}`)).warnings).toEqual([]);
    expect((await profile(`a,label\n${rows}5,net\n`, { purpose: "diagnosis" })).warnings).toEqual([]);
  });

  test("says what it holds", async () => {
    const content = "sample_id,cpu,node,label,disk\n1,10,n1,b,\n2,20,n1,a,5\n3,30,n2,b,5\n4,20,n1,a,5\n";
    const found = await profile(content);
    expect(found).toMatchObject({
      schema: "profile.v1",
      rows: 4,
      columns: ["sample_id", "cpu", "node", "label", "disk"],
      idColumn: "sample_id",
      labelColumn: "label",
      contextColumns: ["node"],
      classes: [
        { name: "a", rows: 2 },
        { name: "b", rows: 2 },
      ],
      duplicateRows: 1,
      missingShare: 1 / 8,
      dialect: { delimiter: ",", byteOrderMark: false, compression: "none" },
      sizeBytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
      ranges: [{ firstByte: 30, endByte: content.length, firstRow: 1, rows: 4 }],
    });
    expect(found.features.map(({ name, missing, constant }) => [name, missing, constant])).toEqual([
      ["cpu", 0, false],
      ["disk", 1, true],
    ]);
    expect(found.features[0]).toMatchObject({ min: 10, max: 30, mean: 20 });
  });

  test("is of the bytes as they were sent, and of the uncompressed rows", async () => {
    const content = `\ufeffa;label\r\n${rows.replaceAll(",", ";")}`;
    const sent = gzipSync(content);
    const stored: Uint8Array[] = [];
    const found = await profile(sent, { onPlainBytes: async (bytes) => void stored.push(Uint8Array.from(bytes)) });
    expect(found.dialect).toEqual({ delimiter: ";", byteOrderMark: true, compression: "gzip" });
    expect(found.sha256).toBe(createHash("sha256").update(sent).digest("hex"));
    expect(Buffer.concat(stored).toString()).toBe(content);
    expect(found.sizeBytes).toBe(Buffer.byteLength(content));
  });

  test("is of all bytes that were sent, those after the compressed stream too", async () => {
    const sent = Buffer.concat([gzipSync(`a,label\n${rows}`), Buffer.alloc(1_000_000)]);
    expect((await profile(sent)).sha256).toBe(createHash("sha256").update(sent).digest("hex"));
  });

  test("is the same however the bytes arrive", async () => {
    const content = `a,label\n${rows}`;
    const whole = await profile(content);
    for (const size of [1, 3, 8]) {
      const result = await validateTable(byteChunks(content, size), { purpose: "training" });
      expect(result).toMatchObject({ ok: true, profile: whole });
    }
  });

  test("holds values that a float32 cannot at its ends, so that every figure is finite", async () => {
    const found = await profile("a,label\n1e300,x\n-1e300,x\n1,y\n2,y\n");
    const { min, max, mean, standardDeviation } = found.features[0];
    expect([min, max]).toEqual([-3.4028234663852886e38, 3.4028234663852886e38]);
    expect([mean, standardDeviation].every(Number.isFinite)).toBe(true);
  });

  test("counts rows that are equal in every feature and the label, however they are written", async () => {
    const content = "id,a,b,label\n1,1.0,,x\n2,1,NA,x\n3,1e0,,y\n4,-0,1,y\n5,0,1.00,y\n6,0,,x\n";
    expect((await profile(content)).duplicateRows).toBe(2);
  });

  test("has byte ranges that end between rows, quoted line feeds respected", async () => {
    const lines = Array.from({ length: 200 }, (_, i) => `${i},"n\n${i}",${i % 2 ? "x" : '"y\ny"'}\r\n`);
    const content = `a,node,label\r\n${lines.join("")}`;
    const { ranges } = await profile(content, { rangeBytes: 100 });
    expect(ranges.length).toBeGreaterThan(10);
    expect(ranges[0].firstByte).toBe(14);
    expect(ranges.at(-1)!.endByte).toBe(content.length);
    let row = 1;
    for (const [i, range] of ranges.entries()) {
      expect(range.firstRow).toBe(row);
      if (i > 0) expect(range.firstByte).toBe(ranges[i - 1].endByte);
      expect(content.slice(range.firstByte, range.endByte)).toBe(lines.slice(row - 1, row - 1 + range.rows).join(""));
      row += range.rows;
    }
    expect(row).toBe(201);
  });

  test("of a table to be diagnosed may have labels or not, or some", async () => {
    const purpose = "diagnosis";
    expect((await profile("a\n1\n", { purpose })).labelColumn).toBeNull();
    expect((await profile("a,label\n1,x\n2,\n", { purpose })).classes).toEqual([{ name: "x", rows: 1 }]);
  });

  test("tells how far it is", async () => {
    const content = `a,label\n${rows.replaceAll("\n", `${" ".repeat(400)}\n`).repeat(10_000)}`;
    const seen: number[] = [];
    const onProgress = ({ bytesRead, rowsRead }: { bytesRead: number; rowsRead: number }) => {
      expect(rowsRead).toBeLessThanOrEqual(bytesRead / 4);
      seen.push(bytesRead);
    };
    await profile(content, { onProgress });
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toBe(content.length);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});

describe("the report of a bad table", () => {
  test.each<[string, readonly Partial<Finding>[]]>([
    ["", [{ code: "empty-file" }]],
    ["a,label\n", [{ code: "no-rows" }]],
    ["1,2.5,x\n1,2,y\n", [{ code: "missing-header", row: 0, found: "1,2.5,x" }]],
    ["a,b\n1,2\n", [{ code: "no-label-column", expected: "label" }]],
    [`a,a,label\n${rows.replaceAll(",", ",1,")}`, [{ code: "duplicate-column", column: "a", found: "1, 2" }]],
    [`a,,label\n${rows.replaceAll(",", ",1,")}`, [{ code: "empty-column-name", found: "2" }]],
    [`a,label\n${rows}5\n`, [{ code: "too-few-cells", row: 5, found: "1", expected: "2" }]],
    [`a,label\n${rows}5,x,6\n`, [{ code: "too-many-cells", row: 5, found: "3", expected: "2" }]],
    [`a,label\n${rows}1;5,x\n`, [{ code: "not-a-number", row: 5, column: "a", found: "1;5", expected: "number" }]],
    [`a,label\n${rows}"5\n6",x\n7,y\n`, [{ code: "not-a-number", row: 5, column: "a", found: '"5\n6"' }]],
    [
      `a,label\n${rows}-Infinity,x\n1e999,y\n`,
      [
        { code: "not-finite", row: 5, column: "a", found: "-Infinity", expected: "finite number" },
        { code: "not-finite", row: 6, column: "a", found: "1e999" },
      ],
    ],
    [`a,label\n${rows}`.replaceAll("\n", "\r"), [{ code: "carriage-returns-only", row: 0 }]],
    [`"a\rb",label\r1,x\r2,y\r`, [{ code: "carriage-returns-only", row: 0 }]],
    [
      "a,Label,label\n1,x,p\n2,x,p\n3,y,q\n4,y,q\n",
      [{ code: "several-label-columns", row: 0, column: "Label", found: "Label, label" }],
    ],
    [`a,label\n${rows}5,NA\n`, [{ code: "missing-label", row: 5, column: "label", found: "NA" }]],
    [`a,label\n${rows}5,"y\n6,x\n`, [{ code: "unclosed-quote", row: 5, column: "label", found: '"y' }]],
    ["a,label\n1,x\n2,x\n", [{ code: "one-class-only", column: "label", found: "x" }]],
    ["a,label\n1,x\n2,x\n3,y\n", [{ code: "class-too-small", row: 3, column: "y", found: "1", expected: "2" }]],
    [
      "a,label\n1,x\n2,x\n3,z\n4,y\n",
      [
        { code: "class-too-small", row: 4, column: "y", found: "1", expected: "2" },
        { code: "class-too-small", row: 3, column: "z", found: "1", expected: "2" },
      ],
    ],
  ])("%j", async (content, expected) => {
    const found = await findings(content);
    expect(found).toMatchObject(expected);
    expect(found.length).toBe(expected.length);
  });

  test("names everything in the order of the file, up to 100 findings, and counts the rest", async () => {
    const bad = Array.from({ length: 150 }, (_, i) => `oops ${i},x\n`);
    const { findings, omittedFindings, rowsRead, fileName } = await report(
      `a,b,a,label\n1,2,3,x\n${bad.join("")}1,z\n`,
      {
        fileName: "kpis.csv",
      },
    );
    expect(fileName).toBe("kpis.csv");
    expect(rowsRead).toBe(152);
    expect(findings.map(({ row }) => row)).toEqual([0, ...Array.from({ length: 99 }, (_, i) => i + 2)]);
    // 151 rows that are too short, and one duplicate column.
    expect(findings.length + omittedFindings).toBe(152);
  });

  test("counts every cell that is wrong, however many are in a row", async () => {
    const names = Array.from({ length: 300 }, (_, i) => `kpi ${i}x`);
    const row = names.map(() => "?").join();
    const { findings, omittedFindings } = await report(`${names.join()},label\n${`${row},x\n${row},y\n`.repeat(2)}`);
    expect(findings.at(-1)).toMatchObject({ row: 1, column: "kpi 99x" });
    expect(findings.length + omittedFindings).toBe(1_200);
  });

  test("shortens what it quotes to 80 characters", async () => {
    const [{ found }] = await findings(`a,label\n${rows}${"z".repeat(500)},x\n`);
    expect(found?.length).toBe(80);
  });

  test("names columns by those of another table", async () => {
    const expectedColumns = ["sample_id", "cpu", "memory", "label"];
    const found = await findings(`cpu,memry,disk,label\n${rows.replaceAll(",", ",1,1,")}`, { expectedColumns });
    expect(found).toEqual([
      { code: "renamed-column", row: 0, column: "memry", found: "memry", expected: "memory" },
      { code: "extra-column", row: 0, column: "disk", found: "disk" },
    ]);
  });

  test("does not judge classes by rows whose label cannot be told", async () => {
    expect(await findings("a,label\n1,x\n2,x\n3\n")).toMatchObject([{ code: "too-few-cells", row: 3 }]);
    expect(await findings("a,label\n1,x\n2,y\n3,x\nfour,y\n")).toMatchObject([{ code: "not-a-number", row: 4 }]);
  });

  test("tells the encoding", async () => {
    const utf16 = await findings(Buffer.from(`\ufeffa,label\n${rows}`, "utf16le"));
    expect(utf16).toMatchObject([{ code: "not-utf8", row: 0, found: "UTF-16" }]);
    const gbk = Buffer.from([97, 44, 0xb1, 0xea, 0xc7, 0xa9, 10, 49, 44, 120, 10]);
    expect(await findings(gbk)).toMatchObject([{ code: "not-utf8", row: 0, expected: "UTF-8" }]);
    for (const header of ["a,label", "a,label,node", "a,label,id"]) {
      const column = header.split(",").at(-1);
      const row = [Buffer.from(column === "label" ? "1," : "1,x,"), Uint8Array.of(0xff, 10)];
      const good = rows.replaceAll("\n", column === "label" ? "\n" : ",1\n");
      const content = Buffer.concat([Buffer.from(`${header}\n${good}`), ...row]);
      expect(await findings(content)).toMatchObject([{ code: "not-utf8", row: 5, column }]);
    }
  });

  test("tells a compressed stream that is cut off or damaged", async () => {
    const zipped = gzipSync(`a,label\n${rows.repeat(5_000)}`);
    expect(await findings(zipped.subarray(0, zipped.length / 2))).toMatchObject([{ code: "not-gzip" }]);
    expect(await findings(zipped.subarray(0, 5))).toMatchObject([{ code: "not-gzip" }]);
    const damaged = Buffer.from(zipped);
    damaged[damaged.length - 6] ^= 1;
    expect(await findings(damaged)).toMatchObject([{ code: "not-gzip" }]);
  });

  test("tells what is past a limit, and what the limit is", async () => {
    const content = `a,b,time,label\n${rows.replaceAll(",", ",1,t,")}`;
    const past = (limits: NonNullable<Options["limits"]>) => findings(content, { limits });
    expect(await past({ maxRows: 3 })).toMatchObject([{ code: "too-many-rows", row: 4, expected: "3" }]);
    expect(await past({ maxColumns: 1 })).toMatchObject([{ code: "too-many-columns", found: "2", expected: "1" }]);
    expect((await profile(content, { limits: { maxColumns: 2 } })).columns).toHaveLength(4);
    expect(await past({ maxClasses: 1 })).toMatchObject([
      { code: "too-many-classes", row: 3, column: "label", expected: "1" },
    ]);
    expect(await past({ maxFileBytes: 20 })).toMatchObject([{ code: "file-too-large", expected: "20" }]);
    const bomb = gzipSync(content.repeat(1_000));
    expect(bomb.length).toBeLessThan(5_000);
    expect(await findings(bomb, { limits: { maxFileBytes: 5_000 } })).toMatchObject([{ code: "file-too-large" }]);
  });

  test("names a cell that is too long", async () => {
    expect(await findings(`a,label\n${rows}5,${"y".repeat(70_000)}\n`)).toMatchObject([
      { code: "cell-too-long", row: 5, column: "label", expected: "65536" },
    ]);
  });

  test("takes names of classes and columns that records and reports can hold, and no longer ones", async () => {
    const long = "界".repeat(85);
    expect((await profile(`a,label\n1,${long}\n2,${long}\n3,y\n4,y\n`)).classes).toHaveLength(2);
    expect(await findings(`a,label\n${rows}5,${long}xx\n`)).toEqual([
      { code: "cell-too-long", row: 5, column: "label", found: expect.stringMatching(/^界+…$/), expected: "256" },
    ]);
    expect((await profile(`${"k".repeat(512)},label\n${rows}`)).features).toHaveLength(1);
    expect(await findings(`${"k".repeat(513)},label\n${rows}`)).toEqual([
      { code: "cell-too-long", row: 0, column: `${"k".repeat(79)}…`, expected: "512" },
    ]);
  });
});

describe("a validation", () => {
  test("ends with what its sink or source throws, and when it is told to", async () => {
    const failure = new Error("no space left");
    const rejected = { onPlainBytes: () => Promise.reject(failure) };
    await expect(profile(`a,label\n${rows}`, rejected)).rejects.toBe(failure);
    const controller = new AbortController();
    controller.abort(failure);
    await expect(profile(`a,label\n${rows}`, { signal: controller.signal })).rejects.toBe(failure);
  });

  test("closes its source when it stops early", async () => {
    let closed = false;
    async function* endless() {
      try {
        yield Buffer.from("a,label\n");
        for (;;) yield Buffer.from("1,x\n");
      } finally {
        closed = true;
      }
    }
    const result = await validateTable(endless(), { purpose: "training", limits: { maxRows: 100 } });
    expect(result.ok).toBe(false);
    expect(closed).toBe(true);
  });
});
