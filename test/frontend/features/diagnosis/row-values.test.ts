import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Client } from "@systemhealer/contract/client";
import type { Profile } from "@systemhealer/contract/profile";
import { expect, test } from "vitest";
import {
  cellsOfLine,
  nthLine,
  RowValuesError,
  readRowValues,
  rowOf,
} from "../../../../frontend/src/features/diagnosis/row-values.ts";

const header = "id;cpu;disk;note\n";
const lines = ['a;1;2.5;"x;\n""y"""\r\n', "b;;-3e2;z\n", "c;7;8;\n"];
const file = Buffer.from(header + lines.join(""));
const end = (count: number) => header.length + lines.slice(0, count).join("").length;
const feature = { missing: 0, min: 0, max: 0, mean: 0, standardDeviation: 0, quantiles: null, constant: false };
const profile: Profile = {
  schema: "profile.v1",
  rows: 3,
  columns: ["id", "cpu", "disk", "note"],
  idColumn: "id",
  labelColumn: null,
  contextColumns: ["note"],
  features: [
    { ...feature, name: "cpu" },
    { ...feature, name: "disk" },
  ],
  classes: [],
  duplicateRows: 0,
  missingShare: 0,
  dialect: { delimiter: ";", byteOrderMark: false, compression: "none" },
  sizeBytes: file.length,
  sha256: "",
  ranges: [
    { firstByte: header.length, endByte: end(2), firstRow: 1, rows: 2 },
    { firstByte: end(2), endByte: end(3), firstRow: 3, rows: 1 },
  ],
};

/** A store that answers ranges, and a client that knows its address. */
async function serve(bytes: Buffer) {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.range);
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
    if (from === undefined) response.end(bytes);
    else response.writeHead(206).end(bytes.subarray(Number(from), Number(to) + 1));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const client = { call: async () => ({ url }) } as unknown as Client;
  return { asked, client, [Symbol.dispose]: () => server.close() };
}

test("a row is read out of the byte range that holds it, and nothing else is fetched", async () => {
  using store = await serve(file);
  expect(await readRowValues(store.client, "ds-1", profile, 1)).toEqual({ cpu: 1, disk: 2.5 });
  expect(await readRowValues(store.client, "ds-1", profile, 2)).toEqual({ cpu: null, disk: -300 });
  expect(await readRowValues(store.client, "ds-1", profile, 3)).toEqual({ cpu: 7, disk: 8 });
  expect(store.asked).toEqual([
    `bytes=${header.length}-${end(2) - 1}`,
    `bytes=${header.length}-${end(2) - 1}`,
    `bytes=${end(2)}-${end(3) - 1}`,
  ]);
});

test("of a compressed file, the row is read at its place in the text", async () => {
  using store = await serve(gzipSync(file));
  const packed: Profile = { ...profile, dialect: { ...profile.dialect, compression: "gzip" } };
  expect(await readRowValues(store.client, "ds-1", packed, 3)).toEqual({ cpu: 7, disk: 8 });
  expect(store.asked).toEqual([undefined]);
});

test("a row that the file does not have is an error", async () => {
  using store = await serve(file);
  await expect(readRowValues(store.client, "ds-1", profile, 4)).rejects.toThrow(RowValuesError);
});

test("line breaks in quotes and empty lines do not count as rows", () => {
  expect(nthLine('a,"1\n2"\n\nb,3', 1)).toBe("b,3");
  expect(nthLine("a\n", 1)).toBeUndefined();
  expect(cellsOfLine('1,"2,""x""",3', ",")).toEqual(["1", '2,"x"', "3"]);
});

test("what is no number is a gap, and columns that are no KPI are left out", () => {
  expect(rowOf(profile, ["a", "NA", " 4 ", "5"])).toEqual({ cpu: null, disk: 4 });
});
