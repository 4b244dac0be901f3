import { expect, test } from "vitest";
import { expectAccessible, signUp, texts, visitor } from "./support/visitor.ts";

test("a first-time visitor presses one button: the sample is loaded, a model trained, rows diagnosed", async () => {
  await using guest = await visitor({ language: "zh" });
  const { page, complaints } = guest;
  const { home, train } = texts.zh;
  await signUp(guest, "zh");
  await page.getByRole("button", { name: home.firstButton }).click();
  await page.getByText(home.noModel).waitFor();
  expect(await page.getByRole("link", { name: train.title, exact: true }).count()).toBe(1);
  await page.getByText(home.sampleDone.split("{{")[0]!).waitFor({ timeout: 300_000 });
  await page.getByRole("link", { name: home.openDiagnosis }).waitFor();
  await page.reload();
  await page.getByText(home.lastDiagnoses).first().waitFor();
  await page.getByText(home.macroF1, { exact: true }).waitFor();
  expect(await page.getByRole("button", { name: home.firstButton }).count()).toBe(0);
  await expectAccessible(page, "home after the sample");
  expect(complaints).toEqual([]);
}, 420_000);
