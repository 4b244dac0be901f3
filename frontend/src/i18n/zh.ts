import type { Catalogue } from "./catalogue.ts";
import { guest } from "./zh/guest.ts";
import { member } from "./zh/member.ts";

export const zh: Catalogue = { ...guest, ...member };
