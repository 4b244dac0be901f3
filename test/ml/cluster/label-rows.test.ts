import { AssignmentsUnreadableError, assignmentsCsv, readAssignments } from "@systemhealer/ml/cluster/assignments-csv";
import { labelRows, RowCountError } from "@systemhealer/ml/cluster/label-rows";
import { readTable } from "@systemhealer/ml/table/read-table";
import { TableError } from "@systemhealer/ml/table/table-error";
import { describe, expect, it } from "vitest";

const assignments = Int32Array.of(0, 1, -1, 2, 0);
const names = new Map([
  [0, "disk, full"],
  [1, "normal"],
]);
const csv = 'sample_id;"a;b";c\n1;1.5;-7\n"two ""x""";;1e9\n3;2;\n\n4;3;nan\n5;4;0\n';

describe("labelRows", () => {
  it("appends the names as labels, leaves all other cells as they are, and rows without name out", async () => {
    const count = { rows: 0, omitted: 0 };
    const text = await read(labelRows(bytes(csv), { assignments, names, unnamed: "omit" }, count));
    expect(text).toBe('sample_id;"a;b";c;label\n1;1.5;-7;disk, full\n"two ""x""";;1e9;normal\n5;4;0;disk, full\n');
    expect(count).toEqual({ rows: 3, omitted: 2 });
    const table = await readTable(bytes(text));
    expect(table.classes).toEqual(["disk, full", "normal"]);
    expect([...(table.labels ?? [])]).toEqual([0, 1, 0]);
  });

  it("keeps rows without name where it is told to", async () => {
    const text = await read(labelRows(bytes(csv), { assignments, names, unnamed: "keep" }));
    expect((await readTable(bytes(text))).classes).toEqual(["cluster-2", "disk, full", "noise", "normal"]);
  });

  it("puts the names in the place of labels that were there, in small pieces as well", async () => {
    const labelled = "Fault,k\nx,1\ny,2\n";
    async function* pieces() {
      for (const letter of labelled) yield Buffer.from(letter);
    }
    const options = { assignments: Int32Array.of(1, 0), names, unnamed: "omit" } as const;
    expect(await read(labelRows(pieces(), options))).toBe('k,label\n1,normal\n2,"disk, full"\n');
  });

  it("refuses clusters of other rows, and a faulty file", async () => {
    const options = { names, unnamed: "omit" } as const;
    for (const count of [4, 6]) {
      const other = labelRows(bytes(csv), { ...options, assignments: new Int32Array(count) });
      await expect(read(other)).rejects.toThrow(RowCountError);
    }
    await expect(read(labelRows(bytes("a,b\n1\n"), { ...options, assignments }))).rejects.toThrow(TableError);
  });
});

describe("readAssignments", () => {
  it("reads what assignmentsCsv writes", async () => {
    const many = Int32Array.from({ length: 20_000 }, (_, row) => (row % 7) - 1);
    expect(await readAssignments(bytes([...assignmentsCsv(many)].join("")))).toEqual(many);
  });

  it.each([
    ["row,cluster\n1,0\n3,0\n", { row: 2, column: "row", found: "3", expected: "2" }],
    ["row,cluster\n1,0.5\n", { row: 1, column: "cluster", found: "0.5" }],
    ["row,cluster\n1,\n", { row: 1, column: "cluster", found: "" }],
    ["row,cluster\n1,-2\n", { row: 1, column: "cluster", found: "-2" }],
  ])("says what is wrong with %j", async (text, parameters) => {
    const failure = await readAssignments(bytes(text)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AssignmentsUnreadableError);
    expect(failure).toMatchObject({ parameters });
  });

  it("refuses other tables", async () => {
    for (const text of ["row,label\n1,2\n", "row,cluster\n", ""]) {
      await expect(readAssignments(bytes(text))).rejects.toThrow(TableError);
    }
  });
});

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}
