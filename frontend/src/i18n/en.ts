import { guest } from "./en/guest.ts";
import { member } from "./en/member.ts";

export const en = { ...guest, ...member } as const;
