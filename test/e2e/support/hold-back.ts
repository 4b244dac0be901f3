import type { Page, Request } from "playwright-core";

export interface HeldBack {
  /** From now on such requests wait. */
  close(): void;
  /** They all go on, those that wait first. */
  open(): void;
}

/** Keeps requests of a page that are of a kind waiting, once it is closed. */
export async function holdBack(page: Page, isOfKind: (request: Request, path: string) => boolean): Promise<HeldBack> {
  const waiting: (() => void)[] = [];
  let isOpen = true;
  await page.route(
    () => true,
    async (route) => {
      const request = route.request();
      const isHeld = !isOpen && isOfKind(request, new URL(request.url()).pathname);
      if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve));
      // A page that was left has given its request up.
      await route.fallback().catch(() => undefined);
    },
  );
  return {
    close: () => {
      isOpen = false;
    },
    open: () => {
      isOpen = true;
      for (const go of waiting.splice(0)) go();
    },
  };
}
