import type { en } from "./en.ts";

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** What every language has to say: the sentences that English has. */
export type Catalogue = Texts<typeof en>;
