import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "./support/api.ts";
import { codeSentTo, expectAccessible, signIn, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

const { admin, auth, common, home, nav } = texts.en;
const { members, quotas, audit } = admin;
const ownPassword = "Other-horse-9-battery";
let guest: Visitor;
let page: Page;
let email = "";

beforeAll(async () => {
  guest = await visitor({ language: "en" });
  page = guest.page;
  email = await signUp(guest, "en");
}, 120_000);

afterAll(() => guest[Symbol.asyncDispose]());

const say = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");

async function enter(on: Page, address: string, secret: string): Promise<void> {
  await on.getByLabel(auth.email).fill(address);
  await on.getByLabel(auth.password, { exact: true }).fill(secret);
  await on.getByRole("button", { name: auth.signIn, exact: true }).click();
}

async function choosePassword(on: Page): Promise<void> {
  await on.getByText(auth.mustChange).waitFor();
  await on.getByLabel(auth.newPassword, { exact: true }).fill("short");
  await on.getByRole("button", { name: auth.setPassword }).click();
  await on.getByText(auth.errors.InvalidPasswordException).first().waitFor();
  await on.getByLabel(auth.newPassword, { exact: true }).fill(ownPassword);
  await on.getByRole("button", { name: auth.setPassword }).click();
  await on.getByRole("heading", { level: 1, name: home.title }).waitFor();
}

test("an invited member signs in with the temporary password, sets an own one, is a viewer, and becomes an operator", async () => {
  const invited = `member-${Date.now()}@example.com`;
  await page.goto("/admin/members");
  await page.getByText(`${email} (${members.you})`).waitFor();
  await page.getByRole("button", { name: members.invite }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: members.send }).click();
  await dialog.getByText(auth.emailInvalid).waitFor();
  await dialog.getByLabel(auth.email).fill(email);
  await dialog.getByRole("button", { name: members.send }).click();
  await dialog.getByText(/has an account already/).waitFor();
  await expectAccessible(page, "invitation");
  await dialog.getByLabel(auth.email).fill(invited);
  await dialog.getByRole("button", { name: members.send }).click();
  await page.getByText(say(members.invitedLocal, { email: invited })).waitFor();
  const row = page.getByRole("row").filter({ hasText: invited });
  await row.getByText(members.statuses.invited, { exact: true }).waitFor();
  await row.getByText(email).waitFor();
  await expectAccessible(page, "members");

  await using other = await visitor({ language: "en" });
  await other.page.goto("/");
  await enter(other.page, invited, await codeSentTo(invited));
  await choosePassword(other.page);
  expect((await (await clientOf(other.page)).call("getSession", {})).role).toBe("viewer");
  expect(await other.page.getByRole("link", { name: nav.members }).count()).toBe(0);
  await other.page.goto("/admin/members");
  await other.page.getByText(say(admin.onlyAdmins, { role: admin.roles.viewer })).waitFor();
  await expectAccessible(other.page, "not for viewers");

  await page.reload();
  await row.getByText(members.statuses.active).waitFor();
  await row.getByRole("button", { name: new RegExp(members.role) }).click();
  await page.getByRole("option", { name: admin.roles.operator }).click();
  await page.getByText(say(members.changed, { email: invited, role: admin.roles.operator })).waitFor();
  await page.getByRole("button", { name: common.undo }).click();
  await page.getByText(say(members.reverted, { email: invited, role: admin.roles.viewer })).waitFor();

  await row.getByRole("button", { name: say(members.removeOf, { email: invited }) }).click();
  await row.waitFor({ state: "detached" });
  await page.getByRole("button", { name: common.undo }).click();
  await row.waitFor();
  expect([...guest.complaints, ...other.complaints]).toEqual([]);
});

test("two administrators change the same member: the second is told so in words, and sees how it is", async () => {
  const client = await clientOf(page);
  const { userId, version } = await client.call("inviteMember", {
    body: { email: `raced-${Date.now()}@example.com`, role: "viewer" },
  });
  await page.goto("/admin/members");
  const row = page.getByRole("row").filter({ hasText: "raced-" });
  await row.waitFor();
  await client.call("updateMember", { userId, body: { version, role: "admin" } });
  await row.getByRole("button", { name: new RegExp(members.role) }).click();
  await page.getByRole("option", { name: admin.roles.operator }).click();
  await page.getByText(members.meanwhile).waitFor();
  await row.getByText(admin.roles.admin, { exact: true }).waitFor();
});

test("quotas are set within the installation's limits, and taken back", async () => {
  await page.goto("/admin/quotas");
  const field = page.getByRole("textbox", { name: quotas.runsAtOnce });
  await field.waitFor();
  await field.fill("1.5");
  await page.getByText(quotas.notWhole).waitFor();
  await field.fill("999999");
  await page
    .getByText(/The installation allows [\d,]+ at most\.$/)
    .first()
    .waitFor();
  expect(await page.getByRole("button", { name: quotas.save }).isDisabled()).toBe(true);
  await field.fill("2");
  await expectAccessible(page, "quotas");
  await page.getByRole("button", { name: quotas.save }).click();
  await page.getByText(quotas.saved).waitFor();
  await page.getByText(say(quotas.usedOf, { used: "0", most: "2" })).waitFor();
  const client = await clientOf(page);
  expect((await client.call("getQuotas", {})).set).toEqual({ runsAtOnce: 2 });
  await page.getByRole("button", { name: common.undo }).click();
  await page.getByText(quotas.reverted).waitFor();
  expect((await client.call("getQuotas", {})).set).toEqual({});
  expect(guest.complaints).toEqual([]);
});

test("the audit trail shows who did what, filtered, by pages, and as a file", async () => {
  const client = await clientOf(page);
  for (let count = 0; count < 28; count += 1) {
    const { version } = await client.call("getQuotas", {});
    await client.call("updateQuotas", { body: { version, runsAtOnce: 3 + (count % 2) } });
  }
  await page.goto("/admin/audit");
  await page
    .getByRole("cell", { name: audit.operations.updateQuotas })
    .or(page.getByRole("rowheader"))
    .first()
    .waitFor();
  await expectAccessible(page, "audit trail");
  const rows = page.getByRole("table", { name: audit.table }).getByRole("row");
  await page.getByRole("button", { name: texts.en.data.next }).click();
  await page.getByText(audit.operations.inviteMember).first().waitFor();

  await page.getByLabel(audit.byOperation).click();
  await page.getByRole("option", { name: audit.operations.inviteMember }).click();
  await page.getByText(audit.operations.updateQuotas).first().waitFor({ state: "detached" });
  await rows.filter({ hasText: audit.operations.inviteMember }).first().waitFor();
  expect(await rows.filter({ hasText: email }).count()).toBe((await rows.count()) - 1);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: audit.csv }).click(),
  ]);
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines[0]).toBe("at,email,userId,operation,target,details,requestId");
  expect(lines.slice(1).every((line) => line.includes("inviteMember"))).toBe(true);
  expect(lines.length).toBe(await rows.count());

  await page.getByLabel(audit.byActor).fill("nobody@example.com");
  await page.getByRole("button", { name: audit.apply }).click();
  await page.getByText(audit.noMatch).waitFor();
  expect(guest.complaints).toEqual([]);
});

test("a forgotten password is set anew by a code, and signs in", async () => {
  await using visit = await visitor({ language: "zh", width: 360 });
  const forgetful = await signUp(visit, "zh");
  const zh = texts.zh.auth;
  const on = visit.page;
  await on.evaluate(() => localStorage.clear());
  await on.goto("/sign-in");
  await on.getByRole("link", { name: zh.forgot }).click();
  await on.getByRole("heading", { level: 1, name: zh.forgotTitle }).waitFor();
  await on.getByLabel(zh.email).fill(forgetful);
  const former = await codeSentTo(forgetful);
  await on.getByRole("button", { name: zh.sendCode }).click();
  await on.getByLabel(zh.code).waitFor();
  await expectAccessible(on, "forgotten password");
  await on.getByLabel(zh.code).fill(former === "000000" ? "000001" : "000000");
  await on.getByLabel(zh.newPassword, { exact: true }).fill(ownPassword);
  await on.getByRole("button", { name: zh.setPassword }).click();
  await on.getByText(zh.errors.CodeMismatchException).first().waitFor();
  await on.getByLabel(zh.code).fill(await codeSentTo(forgetful));
  await on.getByRole("button", { name: zh.setPassword }).click();
  await on.getByText(zh.passwordSet).waitFor();
  expect(await on.getByLabel(zh.email).inputValue()).toBe(forgetful);
  await on.getByLabel(zh.password, { exact: true }).fill(ownPassword);
  await on.getByRole("button", { name: zh.signIn, exact: true }).click();
  await on.getByRole("heading", { level: 1, name: texts.zh.home.title }).waitFor();
  expect(visit.complaints).toEqual([]);
});

test("signing out everywhere ends the session of another browser", async () => {
  await using here = await visitor({ language: "en" });
  const owner = await signUp(here, "en");
  await using there = await visitor({ language: "en" });
  await there.page.goto("/");
  await signIn(there.page, "en", owner);
  await there.page.getByRole("heading", { level: 1, name: home.title }).waitFor();

  await here.page.getByRole("button", { name: nav.account }).click();
  await here.page.getByRole("menuitem", { name: auth.signOutEverywhere }).click();
  await here.page.getByRole("heading", { level: 1, name: auth.signIn }).waitFor();
  await there.page.goto("/data");
  await there.page.getByRole("heading", { level: 1, name: auth.signIn }).waitFor();
  await there.page.getByText(auth.endedElsewhere).waitFor();
  await there.page.goto("/");
  await there.page.getByRole("heading", { level: 1, name: auth.signIn }).waitFor();
  expect([...here.complaints, ...there.complaints]).toEqual([]);
});

test("in Chinese on a phone the pages of administration fit", async () => {
  await using phone = await visitor({ language: "zh", width: 360 });
  await signUp(phone, "zh");
  const zh = texts.zh.admin;
  for (const [path, title] of [
    ["/admin/members", zh.members.title],
    ["/admin/quotas", zh.quotas.title],
    ["/admin/audit", zh.audit.title],
  ] as const) {
    await phone.page.goto(path);
    await phone.page.getByRole("heading", { level: 1, name: title }).waitFor();
    await expectAccessible(phone.page, `${title} on a phone`);
  }
  expect(phone.complaints).toEqual([]);
});
