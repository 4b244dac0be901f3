import { expect, test } from "vitest";
import { RowOffsets } from "../../../packages/ml/src/table/row-offsets.ts";

const content = 'row,id\n1,a\n2,"b\nb"\n3,"c ""\n"" c"\n4,d\n5,e\n';

function offsetsOf(text: string, every: number, chunkBytes: number) {
  const offsets = new RowOffsets(every);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) offsets.push(bytes.subarray(at, at + chunkBytes));
  return { rows: offsets.rows, offsets: offsets.offsets };
}

test("says where every second row begins, whatever the chunks and what stands in quotes", () => {
  const starts = ["1,a", '3,"c', "5,e"].map((row) => content.indexOf(row));
  for (const chunkBytes of [1, 2, 7, 1_000]) {
    expect(offsetsOf(content, 2, chunkBytes)).toEqual({ rows: 5, offsets: starts });
  }
});

test("a file of a header alone has no rows", () => {
  expect(offsetsOf("row,id\n", 2, 3)).toEqual({ rows: 0, offsets: [] });
  expect(offsetsOf("row,id\n1,a", 2, 3)).toEqual({ rows: 1, offsets: [7] });
});
