import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { expectAccessible, expectNoSidewaysScroll, signUp, texts, visitor } from "./support/visitor.ts";

const rows = Array.from({ length: 40 }, (_, row) => `${row},${row === 16 ? "broken" : row * 2},${row % 2 ? "a" : "b"}`);
const badFile = Buffer.from(["cpu,memory,label", ...rows].join("\n"));

test("on a phone, a bad file is answered with a report in the reader's language, and its deletion can be undone", async () => {
  await using guest = await visitor({ language: "zh", width: 360 });
  const { page } = guest;
  const { common, data, upload } = texts.zh;
  await signUp(guest, "zh");
  await expectNoSidewaysScroll(page, "home");

  await page.goto("/data/upload");
  const file = { name: "bad.csv", mimeType: "text/csv", buffer: badFile };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("status").filter({ hasText: data.rejectedTitle }).waitFor();
  const good = Buffer.from(badFile.toString().replace("broken", "32"));
  await page.locator("input[type=file]").setInputFiles({ ...file, name: "good.csv", buffer: good });
  await page.getByRole("status").filter({ hasText: upload.accepted }).waitFor();
  await expectAccessible(page, "files that were checked");
  await page.getByRole("link", { name: upload.open }).first().click();
  await page.getByText(data.rejectedTitle).waitFor();
  await page.getByText("第 17 行，列 memory：实际为 broken").first().waitFor();
  await expectAccessible(page, "report");
  const [report] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: data.downloadReport }).click(),
  ]);
  expect(readFileSync(await report.path(), "utf8")).toContain("17,memory,broken");

  await page.getByRole("button", { name: common.delete }).click();
  await page.getByText(data.empty.rejected).first().waitFor();
  await page.getByRole("button", { name: common.undo }).click();
  await page.getByText(data.rejectedTitle).waitFor();

  for (const path of ["/data?status=rejected", "/runs", "/train", "/no-such-page"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectNoSidewaysScroll(page, path);
  }
  expect(guest.complaints).toEqual([]);
});
