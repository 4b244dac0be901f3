import type { Client } from "@systemhealer/contract/client";
import { message } from "@systemhealer/contract/messages/message";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodes, normal, records } from "../functions/fixtures/repaired-system.ts";
import { clientOf, diagnosed, trained, uploaded } from "./support/api.ts";
import { expectAccessible, expectNoSidewaysScroll, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

const { nav, recovery, upload } = texts.en;
const faulty = (_: number, node: string) => (node === "b" ? "slow-disk" : "normal");
const say = (code: string, language: "en" | "zh" = "en") => message(code, {}, language);
let guest: Visitor;
let client: Client;
let incident = "";

beforeAll(async () => {
  guest = await visitor({ language: "en" });
  await signUp(guest, "en");
  client = await clientOf(guest.page);
  const states = ["normal", "normal", "cpu-hog", "slow-disk"];
  const labelled = records(180, 1, (moment, node) => states[(moment + nodes.indexOf(node)) % 4]!, { labels: true });
  const datasetId = await uploaded(client, "known.csv", labelled);
  const learner = { learner: "gbdt", rounds: 12, learningRate: 0.3 } as const;
  await trained(client, { datasetId, name: "Quick trees", settings: { learner, map: "none", keepSample: false } });
  const found = await uploaded(client, "incident.csv", records(60, 2, faulty), "diagnosis");
  incident = await diagnosed(client, found);
}, 300_000);

afterAll(() => guest[Symbol.asyncDispose]());

/** Brings records from after the repair to the page that is open. */
async function bring(name: string, buffer: Buffer): Promise<void> {
  const { page } = guest;
  await page.getByRole("heading", { level: 1, name: recovery.page }).waitFor();
  await page.getByLabel(upload.choose).setInputFiles({ name, mimeType: "text/csv", buffer });
  await page.getByRole("heading", { level: 1, name }).waitFor({ timeout: 120_000 });
}

test("an incident is open, not recovered while a fault is left, and recovered once newer records are normal", async () => {
  const { page } = guest;
  await page.goto(`/diagnoses/${incident}`);
  await page.getByText(recovery.openText).waitFor();
  await page.getByText(recovery.state.open).first().waitFor();
  await page.getByRole("link", { name: recovery.check }).click();
  await page.getByRole("heading", { level: 1, name: recovery.page }).waitFor();
  await expectAccessible(page, "the page of a check");
  await bring("still.csv", records(60, 4, faulty));
  await page.getByText(say("recovery-not-recovered")).waitFor({ timeout: 120_000 });
  await page.getByText("Faults are left on some nodes: b.").waitFor();
  await page.getByText("KPIs are still outside their normal range: b disk ↑.").waitFor();
  await page.getByRole("button", { name: recovery.nodes }).click();
  await page.getByRole("table", { name: recovery.nodes }).getByText("60 / 60").waitFor();
  await expectAccessible(page, "what is left");
  await page.getByRole("link", { name: recovery.checkAgain }).click();
  await bring(
    "repaired.csv",
    records(80, 5, (moment, node) => (node === "b" && moment < 30 ? "slow-disk" : "normal")),
  );
  await page.getByText(say("recovery-recovered")).waitFor({ timeout: 120_000 });
  await page.getByRole("link", { name: "incident.csv", exact: true }).waitFor();
  await page.getByText(recovery.faultsNote).waitFor();
  const faults = page.getByRole("table", { name: recovery.faults });
  expect(await faults.getByRole("row").filter({ hasText: "slow-disk" }).innerText()).toMatch(/2\d(\.\d)?\s?%\s+0\s?%/);
  await page.getByText(/The state changed within the file/).waitFor();
  expect(guest.complaints).toEqual([]);
});

test("the end state stands on the incident, in the list of runs and on the first page", async () => {
  const { page } = guest;
  await page.goto(`/diagnoses/${incident}`);
  await page.getByRole("link", { name: recovery.openCheck }).waitFor();
  await page.getByText(recovery.state.recovered).first().waitFor();
  await page.getByRole("link", { name: nav.runs, exact: true }).click();
  const runs = page.getByRole("table", { name: texts.en.runs.title });
  await runs.getByRole("row").filter({ hasText: "incident.csv" }).getByText(recovery.state.recovered).waitFor();
  await runs.getByRole("row").filter({ hasText: "still.csv" }).getByText(recovery.state["not-recovered"]).waitFor();
  await page.getByRole("link", { name: nav.home, exact: true }).click();
  await page
    .locator(".home-list li")
    .filter({ hasText: "incident.csv" })
    .getByText(recovery.state.recovered)
    .first()
    .waitFor();
});

test("on a phone in the dark, in Chinese, the verdict fits the window; too few rows are told so", async () => {
  await using phone = await visitor({ language: "zh", width: 360, colorScheme: "dark" });
  await signUp(phone, "zh");
  const own = await clientOf(phone.page);
  const labelled = records(120, 1, (moment) => (moment % 2 ? "cpu-hog" : "normal"), { labels: true });
  const datasetId = await uploaded(own, "known.csv", labelled);
  const learner = { learner: "gbdt", rounds: 6, learningRate: 0.3 } as const;
  await trained(own, { datasetId, name: "trees", settings: { learner, map: "none", keepSample: false } });
  const order = async (name: string, bytes: Buffer<ArrayBuffer>, more = {}) =>
    diagnosed(own, await uploaded(own, name, bytes, "diagnosis"), more);
  const first = await order(
    "incident.csv",
    records(40, 2, () => "cpu-hog"),
  );
  const check = await order("few.csv", records(5, 3, normal), { verifies: first });
  await phone.page.goto(`/diagnoses/${check}`);
  await phone.page.getByText(say("recovery-cannot-tell", "zh")).waitFor();
  await phone.page.getByText("20 行正常记录太少；至少需要 30 行。请提供更多记录。").waitFor();
  await expectNoSidewaysScroll(phone.page, "a verdict on a phone");
  await expectAccessible(phone.page, "a verdict on a phone, dark");
  await phone.page.goto(`/verify?run=${first}`);
  await phone.page.getByRole("heading", { level: 1, name: texts.zh.recovery.page }).waitFor();
  await phone.page.getByText(texts.zh.recovery.ofRun).waitFor();
  await expectNoSidewaysScroll(phone.page, "the page of a check on a phone");
  await expectAccessible(phone.page, "the page of a check on a phone, dark");
  expect(phone.complaints).toEqual([]);
});
