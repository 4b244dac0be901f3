import type { Application } from "../template/application.ts";
import { region } from "../template/physical-names.ts";

/** Replaces the origins of AWS in a text by those that stand for them here. */
export type Localize = (text: string) => string;

/**
 * Pages and clients learn from the template where services are; on a laptop the same services are at other origins.
 * Nothing else in such a text is changed: an issuer, say, is compared and never called.
 */
export function localAddresses(
  application: Application,
  endpoints: { readonly s3: string; readonly aws: string },
): Localize {
  const origins = new Map<string, string>([[`https://cognito-idp.${region}.amazonaws.com`, endpoints.aws]]);
  for (const { attributes } of application.ofType("AWS::S3::Bucket")) {
    origins.set(`https://${attributes.RegionalDomainName}`, endpoints.s3);
  }
  return (text) => {
    let result = text;
    for (const [origin, local] of origins) {
      const before = result.split(origin);
      result = before.map((part, index) => (index === 0 ? part : `${isOrigin(part) ? local : origin}${part}`)).join("");
    }
    return result;
  };
}

/** Whether what follows an origin ends it. */
function isOrigin(rest: string): boolean {
  return !/^[\w./:-]/.test(rest);
}
