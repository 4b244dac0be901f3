import type { GuestTexts } from "../catalogue.ts";
import { auth } from "./auth.ts";
import { common } from "./common.ts";
import { nav } from "./nav.ts";
import { preferences } from "./preferences.ts";

export const guest: GuestTexts = { product: "SystemHealer", nav, preferences, common, auth };
