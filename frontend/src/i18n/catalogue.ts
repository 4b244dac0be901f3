import type { guest } from "./en/guest.ts";
import type { member } from "./en/member.ts";

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

export type GuestTexts = Texts<typeof guest>;
export type MemberTexts = Texts<typeof member>;
/** What every language has to say: the sentences that English has. */
export type Catalogue = GuestTexts & MemberTexts;
