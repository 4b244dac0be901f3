import { uriEncode } from "../../sigv4/canonical-request.ts";
import type { S3Request } from "../http/s3-request.ts";
import { S3Error } from "../s3-error.ts";

export type KeyEncoder = (key: string) => string;

/** How keys are written in a list: as they are, or with `encoding-type=url` as in a form, slashes kept. */
export function keyEncoder(request: S3Request): {
  readonly encode: KeyEncoder;
  readonly encodingType: "url" | undefined;
} {
  const type = request.query.get("encoding-type");
  if (type === undefined) return { encode: (key) => key, encodingType: undefined };
  if (type !== "url") throw new S3Error("InvalidArgument", "Invalid Encoding Method specified in Request");
  return {
    encode: (key) => uriEncode(key).replaceAll("%2F", "/").replaceAll("%20", "+"),
    encodingType: "url",
  };
}
