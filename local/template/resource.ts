import type { JsonObject } from "./json.ts";

/** A resource of the template with everything resolved. */
export interface Resource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  /** What `Ref` gives: a name, id or ARN, by type. */
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly properties: JsonObject;
}
