import { expect, test } from "vitest";
import { clientOf, uploaded } from "./support/api.ts";
import { holdBack } from "./support/hold-back.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, type Language, signUp, texts, visitor } from "./support/visitor.ts";

const busyFor = (language: Language, seconds: string) => {
  const [before, after] = texts[language].common.busyFor.split("{{seconds}}") as [string, string];
  const plain = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${plain(before)}${seconds}${plain(after)}$`);
};

test.each(["en", "zh"] as const)(
  "an answer that takes over a second is spoken of with the time it takes, and the page stays usable (%s)",
  async (language) => {
    await using guest = await visitor({ language });
    const { page } = guest;
    const { common, data, nav, runs, train } = texts[language];
    await signUp(guest, language);
    const client = await clientOf(page);
    const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 60, seed: 7, labelled: true }));
    const ofApi = (path: string) => path.startsWith("/v1/");
    const reads = await holdBack(page, (request, path) => ofApi(path) && request.method() === "GET");
    const writes = await holdBack(page, (request, path) => ofApi(path) && request.method() === "PATCH");
    const notice = (seconds: string) => page.getByText(busyFor(language, seconds));
    await page.getByRole("link", { name: nav.train, exact: true }).click();
    await page.getByLabel(train.name).waitFor();
    await notice("\\d+").waitFor({ state: "detached" });

    // Reads: the page that is opened waits, and says so.
    reads.close();
    await page.getByRole("link", { name: nav.runs, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: runs.title }).waitFor();
    await notice("\\d+").waitFor();
    await notice("([3-9]|\\d\\d)").waitFor();
    await expectAccessible(page, "busy notice");
    // Meanwhile one goes elsewhere and types.
    await page.getByRole("link", { name: nav.train, exact: true }).click();
    const name = page.getByLabel(train.name);
    await name.fill("while it waits");
    await page.getByRole("button", { name: train.expert }).click();
    await notice("\\d+").waitFor();
    reads.open();
    await notice("\\d+").waitFor({ state: "detached" });
    expect(await name.inputValue()).toBe("while it waits");

    // Writes alike.
    await page.getByRole("link", { name: nav.data, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: data.title }).waitFor();
    await page.getByRole("link", { name: "known.csv", exact: true }).click();
    await page.getByRole("button", { name: common.annotate.edit }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(common.name).fill("renamed slowly");
    writes.close();
    await dialog.getByRole("button", { name: common.annotate.save }).click();
    await notice("([2-9]|\\d\\d)").waitFor();
    expect((await client.call("getDataset", { datasetId })).name).toBe("known.csv");
    writes.open();
    await page.getByRole("heading", { level: 1, name: "renamed slowly" }).waitFor();
    await notice("\\d+").waitFor({ state: "detached" });
    expect(guest.complaints).toEqual([]);
  },
  300_000,
);

test("without a connection the page says so, keeps what was typed, tries again by itself and says that it is back", async () => {
  await using guest = await visitor({ language: "en" });
  const { page, context } = guest;
  const { common, nav, runs, train } = texts.en;
  await signUp(guest, "en");
  const client = await clientOf(page);
  const bytes = tinyCluster({ rows: 60, seed: 7, labelled: true });
  const datasetId = await uploaded(client, "known.csv", bytes);
  const run = await client.call("createTrainingRun", { body: { datasetId, name: "to be found" } });
  await client.call("cancelRun", { runId: run.runId });
  await page.goto("/train");
  await page.getByLabel(train.name).fill("typed without a connection");
  await page.getByRole("link", { name: nav.runs, exact: true }).hover();

  await context.setOffline(true);
  await page.getByText(common.offline).waitFor();
  await expectAccessible(page, "offline");
  expect(await page.getByLabel(train.name).inputValue()).toBe("typed without a connection");
  await context.setOffline(false);
  await page.getByText(common.online).waitFor();
  await page.getByText(common.online).waitFor({ state: "detached" });
  expect(await page.getByLabel(train.name).inputValue()).toBe("typed without a connection");

  // Answers that are lost are asked for again, a little later each time.
  const tries: number[] = [];
  await page.route(
    (address) => address.pathname === "/v1/runs",
    (route) => {
      tries.push(performance.now());
      return tries.length <= 3 ? route.abort("connectionreset") : route.continue();
    },
  );
  await page.getByRole("link", { name: nav.runs, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: runs.title }).waitFor();
  await page.getByRole("link", { name: "to be found", exact: true }).waitFor();
  expect(tries.length).toBeGreaterThanOrEqual(4);
  expect(tries[3]! - tries[2]!).toBeGreaterThan(1_500);
}, 300_000);
