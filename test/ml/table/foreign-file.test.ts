import { findingMessage } from "@systemhealer/contract/messages/message";
import { showForeignText } from "@systemhealer/ml/table/foreign-file";
import { openCsv } from "@systemhealer/ml/table/open-csv";
import { TableError } from "@systemhealer/ml/table/table-error";
import { describe, expect, test } from "vitest";

async function findingOf(bytes: Uint8Array) {
  async function* source() {
    for (let at = 0; at < bytes.length; at += 5) yield bytes.subarray(at, at + 5);
  }
  const opened = await openCsv(source()).catch((error: unknown) => error);
  return opened instanceof TableError ? opened.finding : undefined;
}

describe("a file that is no table is named", () => {
  test.each([
    ["Excel .xlsx / ZIP", "PK\x03\x04\x14\0\x06\0rest of it\n"],
    ["PNG", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"],
    ["PDF", "%PDF-1.7\n%\xe2\xe3\n1 0 obj"],
    ["Parquet", "PAR1\x15\x04\x15\0 and so on"],
  ])("%s", async (name, start) => {
    expect(await findingOf(Buffer.from(start, "latin1"))).toEqual({ code: "not-csv", found: name, expected: "CSV" });
  });

  test("a header that begins with the same letters is a header", async () => {
    expect(await findingOf(Buffer.from("PAR1,BZh,label\n1,2,x\n"))).toBeUndefined();
  });
});

test.each([
  ["Größe,label", "Windows-1252: Größe,label"],
  ["température,état", "Windows-1252: température,état"],
  ["ÿþý", "FF FE FD"],
])("%s in a Western encoding is shown as %s, not as Chinese", (text, shown) => {
  expect(showForeignText(Buffer.from(text, "latin1"))).toBe(shown);
});

test("UTF-16 is told without a byte order mark, either way round", () => {
  const little = Buffer.from("cpu,label", "utf16le");
  expect(showForeignText(little)).toBe("UTF-16");
  expect(showForeignText(Buffer.from(little).swap16())).toBe("UTF-16");
});

test("Chinese in GBK is shown as it reads, other bytes in hex", async () => {
  const gbk = Buffer.from("d1f9b1be2cb1eac7a90a312c610a", "hex");
  const finding = await findingOf(gbk);
  expect(finding).toEqual({ code: "not-utf8", row: 0, found: "GBK: 样本,标签", expected: "UTF-8" });
  expect(findingMessage(finding!, "zh")).toMatch(/^表头：此处不是 UTF-8 编码：GBK: 样本,标签。/);
  expect(await findingOf(Buffer.from("61ff2c620a", "hex"))).toMatchObject({ found: "61 FF 2C 62" });
});
