import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { clientOf, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { signIn, signUp, texts, visitor } from "./support/visitor.ts";

test("a return needs no password and leads to the last page; signing out ends that", async () => {
  await using guest = await visitor({ language: "en" });
  const { page } = guest;
  const { auth, data, home, nav } = texts.en;
  const email = await signUp(guest, "en");
  await page.getByRole("link", { name: nav.data, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: data.title }).waitFor();

  const later = await guest.context.newPage();
  await later.goto("/");
  await later.getByRole("heading", { level: 1, name: data.title }).waitFor();
  await page.close();

  await later.getByRole("button", { name: nav.account }).click();
  await later.getByRole("menuitem", { name: auth.signOut, exact: true }).click();
  await later.getByRole("heading", { level: 1, name: auth.signIn }).waitFor();
  await later.goto("/runs");
  await signIn(later, "en", email);
  await later.getByRole("heading", { level: 1, name: texts.en.runs.title }).waitFor();
  await later.getByRole("link", { name: nav.home }).click();
  await later.getByRole("heading", { level: 1, name: home.title }).waitFor();
});

test("many returns, with tokens that have run out too, miss neither the last page nor the last upload; a session that is over asks to sign in and goes on there", async () => {
  await using guest = await visitor({ language: "en" });
  const { context } = guest;
  const { auth, data, home, nav } = texts.en;
  const email = await signUp(guest, "en");
  const client = await clientOf(guest.page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 60, seed: 7, labelled: true }));
  let page = guest.page;
  const pages = [
    ["/data", nav.data],
    [`/data/${datasetId}`, "known.csv"],
    ["/runs?status=failed", texts.en.runs.title],
    ["/models", texts.en.models.title],
  ] as const;
  /** As if a day had passed: the library holds its tokens against the clock of the server less this many seconds. */
  const expireTokens = () =>
    page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.endsWith(".clockDrift"))!;
      localStorage.setItem(key, "-86400");
    });
  let misses = 0;
  const refreshes: string[] = [];
  context.on("request", (request) => {
    if (request.postData()?.includes("REFRESH_TOKEN_AUTH")) refreshes.push(request.url());
  });
  for (let visit = 0; visit < 12; visit += 1) {
    const [address, title] = pages[visit % pages.length]!;
    await page.goto(address);
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    if (visit % 3 === 0) await expireTokens();
    const later = await context.newPage();
    await page.close();
    page = later;
    await page.goto("/");
    const isFound = await page
      .getByRole("heading", { level: 1, name: title })
      .waitFor({ timeout: 20_000 })
      .then(
        () => true,
        () => false,
      );
    if (!isFound || !page.url().endsWith(address)) misses += 1;
  }
  expect(misses).toBe(0);
  expect(refreshes.length).toBeGreaterThanOrEqual(4);
  await page.getByRole("link", { name: nav.home }).click();
  await page.getByRole("heading", { name: home.lastUpload }).waitFor();
  await page.getByRole("link", { name: "known.csv", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "known.csv" }).waitFor();

  // The refresh token is no good any more, as it is after seven days.
  await expireTokens();
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith(".refreshToken"))!;
    localStorage.setItem(key, "outlived");
  });
  const last = await context.newPage();
  await page.close();
  await last.goto("/data");
  await last.getByRole("heading", { level: 1, name: auth.signIn }).waitFor();
  await signIn(last, "en", email);
  await last.getByRole("heading", { level: 1, name: data.title }).waitFor();
}, 480_000);

test("where the last page showed what is gone, a return leads to its list and says so", async () => {
  await using guest = await visitor({ language: "en" });
  const { page, context } = guest;
  const { common, data } = texts.en;
  await signUp(guest, "en");
  const client = await clientOf(page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 60, seed: 7, labelled: true }));
  await page.goto(`/data/${datasetId}`);
  await page.getByRole("heading", { level: 1, name: "known.csv" }).waitFor();
  await client.call("deleteDataset", { datasetId });
  const later = await context.newPage();
  await page.close();
  await later.goto("/");
  await later.getByRole("heading", { level: 1, name: data.title }).waitFor();
  await later.getByText(common.lastPageGone).waitFor();
  expect(new URL(later.url()).pathname).toBe("/data");

  await later.goto(`/data/${datasetId}`);
  await later.getByRole("link", { name: common.toList.replace("{{list}}", data.title) }).click();
  await later.waitForURL((address) => address.pathname === "/data");
  await later.getByRole("heading", { level: 1, name: data.title }).waitFor();
});

test("a wrong password is refused in the reader's words, and the language can be changed", async () => {
  await using guest = await visitor({ language: "zh" });
  const { page } = guest;
  await page.goto("/");
  await signIn(page, "zh", "nobody@example.com");
  await page.getByText(texts.zh.auth.errors.NotAuthorizedException).first().waitFor();
  await page.getByRole("button", { name: /简体中文/ }).click();
  await page.getByRole("menuitem", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: texts.en.auth.signIn }).waitFor();
  expect(await page.getAttribute("html", "lang")).toBe("en");
  await page.reload();
  await page.getByRole("heading", { level: 1, name: texts.en.auth.signIn }).waitFor();
});

test("no page runs what the content security policy does not admit", async () => {
  await using guest = await visitor({ language: "en" });
  const answer = await guest.page.goto("/");
  const policy = answer!.headers()["content-security-policy"];
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe");
  const ran = guest.page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.intruder = true";
    document.head.append(script);
    return "intruder" in window;
  });
  expect(await ran).toBe(false);
});

test("the sign-in page needs less than 350 kB of JavaScript, compressed", async () => {
  await using guest = await visitor({ language: "en" });
  const scripts: Promise<number>[] = [];
  guest.page.on("response", (answer) => {
    if (answer.request().resourceType() === "script") {
      scripts.push(answer.body().then((body) => gzipSync(body).length));
    }
  });
  await guest.page.goto("/");
  await guest.page.getByRole("heading", { level: 1, name: texts.en.auth.signIn }).waitFor();
  const sizes = await Promise.all(scripts);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(350_000);
});
