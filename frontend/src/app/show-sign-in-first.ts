import type { SessionState } from "../lib/services.ts";

const guestPages = ["/sign-in", "/sign-up", "/confirm", "/forgot-password"];

/**
 * A stranger gets the sign-in page at once, without the code of the page asked for; that page follows after the sign-in.
 * The router keeps a page's state under `usr`.
 */
export function showSignInFirst(session: SessionState): void {
  if (session !== "signed-out" || guestPages.includes(location.pathname)) return;
  const asked = location.pathname + location.search;
  history.replaceState({ usr: asked === "/" ? null : { from: asked }, key: "default", idx: 0 }, "", "/sign-in");
}
