import { z } from "zod";

/** Crockford base-32 ULID, as `ulid` writes it. */
const ulid = "[0-9A-HJKMNP-TV-Z]{26}";

/** A workspace is what its members share; its id is chosen when the first member joins. */
export const WorkspaceId = z.string().regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/);
export const DatasetId = z.string().regex(new RegExp(`^ds-${ulid}$`));
export const ModelId = z.string().regex(new RegExp(`^mdl-${ulid}$`));
/** A run id is also the name of its Step Functions execution. */
export const RunId = z.string().regex(new RegExp(`^run-${ulid}$`));

/** The `sub` of a user of the pool. */
export const UserId = z.string().regex(/^[\w-]{1,128}$/);

export type WorkspaceId = z.infer<typeof WorkspaceId>;
export type DatasetId = z.infer<typeof DatasetId>;
export type ModelId = z.infer<typeof ModelId>;
export type RunId = z.infer<typeof RunId>;

export const Timestamp = z.iso.datetime();
export type Timestamp = z.infer<typeof Timestamp>;

/** Lower-case hexadecimal SHA-256 of a file's bytes. */
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
