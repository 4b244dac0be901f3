import { z } from "zod";

/**
 * What an installation tells everybody, at `/v1/config` and, where it serves pages, at `/config.json`: how to sign in,
 * and where the API is. Nothing of it is secret.
 */
export const Installation = z.object({
  /** Address of the API; where it is relative, to the one that told it. */
  apiUrl: z.string().min(1),
  region: z.string().min(1),
  userPoolId: z.string().min(1),
  userPoolClientId: z.string().min(1),
  cognitoEndpoint: z.url(),
});
export type Installation = z.infer<typeof Installation>;

/** @param toldAt address of the document. @returns address of the API, without a slash at the end */
export function apiUrlOf({ apiUrl }: Pick<Installation, "apiUrl">, toldAt: string): string {
  return new URL(apiUrl, toldAt).href.replace(/\/+$/, "");
}
