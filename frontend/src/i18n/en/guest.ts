import { auth } from "./auth.ts";
import { common } from "./common.ts";
import { nav } from "./nav.ts";
import { preferences } from "./preferences.ts";

/** What the pages before the sign-in say, and what surrounds every page. */
export const guest = { product: "SystemHealer", nav, preferences, common, auth } as const;
