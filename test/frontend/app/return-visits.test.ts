import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { lastPage, rememberPage } from "../../../frontend/src/app/last-page.ts";
import { rememberedUploads, rememberUpload } from "../../../frontend/src/features/uploads/upload-memory.ts";
import { UserPool } from "../../../frontend/src/lib/user-pool.ts";
import { clientId, poolId, region } from "../../local/cognito/fixtures/definition.ts";
import { type PoolServer, startPoolServer } from "../../local/cognito/fixtures/pool-server.ts";

const email = "ada@example.org";
const password = "Correct-horse-7-battery";
const minute = 60_000;
const day = 86_400_000;
const returns = 200;

/** What a browser keeps for the origin of the portal. */
class KeptStorage {
  readonly #items = new Map<string, string>();
  getItem = (key: string): string | null => this.#items.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.#items.set(key, String(value));
  removeItem = (key: string): void => void this.#items.delete(key);
  clear = (): void => this.#items.clear();
}

describe("coming back within seven days", () => {
  let server: PoolServer;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const localStorage = new KeptStorage();
    vi.stubGlobal("localStorage", localStorage);
    vi.stubGlobal("window", { localStorage, crypto: globalThis.crypto });
    server = await startPoolServer({ clock: () => Date.now() });
    const pool = openPage();
    await pool.signUp(email, password);
    await pool.confirm(email, server.lastSecret(email));
    expect(await pool.signIn(email, password)).toEqual({ next: "done" });
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
    await server[Symbol.asyncDispose]();
  });

  /** As the portal begins: with nothing but what the browser has kept. */
  function openPage(): UserPool {
    const config = { apiUrl: "/", region, userPoolId: poolId, userPoolClientId: clientId };
    return new UserPool({ ...config, cognitoEndpoint: server.endpoint });
  }

  it("needs no password and finds page and upload of the time before: of 200 returns less than 1 % miss", async () => {
    const begun = Date.now();
    let misses = 0;
    let renewed = 0;
    let former = "";
    for (let visit = 1; visit <= returns; visit += 1) {
      vi.setSystemTime(begun + (visit * (7 * day - minute)) / returns);
      const pool = openPage();
      const session = pool.isRemembered ? await pool.session() : undefined;
      const token = session?.getIdToken().getJwtToken() ?? "";
      const owner = session?.getIdToken().payload.sub as string;
      if (token !== former) renewed += 1;
      former = token;
      const isFound =
        visit === 1 ||
        (lastPage() === `/data/ds-${visit - 1}?from=${visit - 1}` &&
          rememberedUploads(owner)[0]?.datasetId === `ds-${visit - 1}`);
      if (!session?.isValid() || !isFound) misses += 1;
      rememberPage(`/data/ds-${visit}?from=${visit}`);
      const upload = { name: "a.csv", sizeBytes: visit, purpose: "training", fingerprint: String(visit) } as const;
      rememberUpload(owner, { datasetId: `ds-${visit}`, ...upload });
    }
    expect(misses / returns).toBeLessThan(0.01);
    // Tokens live for half an hour: most returns could not have used the one they had.
    expect(renewed).toBeGreaterThan(returns / 2);
    expect(server.failures).toEqual([]);
  }, 120_000);

  it("after more than seven days asks to sign in, and does not forget the upload", async () => {
    // The last token, too, has run out by then.
    vi.setSystemTime(Date.now() + 40 * minute);
    expect(await openPage().session()).toBeUndefined();
    expect(lastPage()).toBe(`/data/ds-${returns}?from=${returns}`);
    expect(await openPage().signIn(email, password)).toEqual({ next: "done" });
    const session = await openPage().session();
    const owner = session?.getIdToken().payload.sub as string;
    expect(rememberedUploads(owner)[0]?.datasetId).toBe(`ds-${returns}`);
  }, 60_000);
});
