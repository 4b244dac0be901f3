import { authorise } from "../access.ts";
import type { Bucket } from "../bucket.ts";
import { numberParameter } from "../http/s3-request.ts";
import { type S3Response, xmlResponse } from "../http/s3-response.ts";
import { maxListedKeys } from "../limits.ts";
import { notImplemented } from "../s3-error.ts";
import { compareKeys } from "../storage/key-order.ts";
import { nullVersion, type ObjectRecord } from "../storage/object-record.ts";
import type { FormerVersion } from "../storage/version-store.ts";
import { xmlDocument } from "../xml.ts";
import { keyEncoder } from "./key-encoding.ts";
import { isoDate, quoted } from "./object-headers.ts";
import type { Call } from "./operation.ts";

interface Listed {
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: number;
  readonly isLatest: boolean;
  /** Absent for the mark of a deletion. */
  readonly record?: ObjectRecord;
}

/** Every version of every object, by key and the newest first, with the marks of deletions. */
export async function listObjectVersions(call: Call): Promise<S3Response> {
  const { request, bucket } = call;
  const prefix = request.query.get("prefix") ?? "";
  if ((request.query.get("delimiter") ?? "") !== "") throw notImplemented("a delimiter in a listing of versions");
  const asked = numberParameter(request, "max-keys", { min: 1, max: 2 ** 31 - 1, default: maxListedKeys });
  authorise(call.access, "s3:ListBucketVersions", undefined, { "s3:prefix": prefix, "s3:max-keys": String(asked) });
  const maxKeys = Math.min(asked, maxListedKeys);
  const { encode, encodingType } = keyEncoder(request);
  const keyMarker = request.query.get("key-marker") ?? "";
  const versionMarker = request.query.get("version-id-marker") ?? "";
  const rest = after([...listed(bucket, prefix)], keyMarker, versionMarker);
  const shown = rest.slice(0, maxKeys);
  const last = rest.length > maxKeys ? shown.at(-1) : undefined;
  const describe = ({ key, versionId, lastModified, isLatest, record }: Listed) => ({
    Key: encode(key),
    VersionId: versionId,
    IsLatest: isLatest,
    LastModified: isoDate(lastModified),
    ...(record && {
      ETag: quoted(record.etag),
      ChecksumAlgorithm: record.checksum.algorithm,
      ChecksumType: record.checksum.type,
      Size: record.size,
      StorageClass: "STANDARD",
    }),
    Owner: { ID: call.service.account },
  });
  return xmlResponse(
    xmlDocument("ListVersionsResult", {
      Name: bucket.definition.name,
      Prefix: encode(prefix),
      KeyMarker: encode(keyMarker),
      VersionIdMarker: versionMarker,
      MaxKeys: maxKeys,
      EncodingType: encodingType,
      IsTruncated: last !== undefined,
      NextKeyMarker: last && encode(last.key),
      NextVersionIdMarker: last?.versionId,
      Version: shown.filter(({ record }) => record !== undefined).map(describe),
      DeleteMarker: shown.filter(({ record }) => record === undefined).map(describe),
    }),
  );
}

function* listed({ store }: Bucket, prefix: string): Generator<Listed> {
  const current = [...store.keys.records()].map(({ key }) => key);
  const keys = [...new Set([...current, ...store.versions.keys()])].filter((key) => key.startsWith(prefix));
  for (const key of keys.sort(compareKeys)) {
    const record = store.get(key);
    if (record) {
      const { versionId = nullVersion, lastModified } = record;
      yield { key, versionId, lastModified, isLatest: true, record };
    }
    for (const [index, former] of store.versions.of(key).entries())
      yield describeFormer(former, record === undefined && index === 0);
  }
}

function describeFormer(former: FormerVersion, isLatest: boolean): Listed {
  const { key, versionId, lastModified } = former;
  return { key, versionId, lastModified, isLatest, ...(former.kind === "object" && { record: former.record }) };
}

/** What comes after the key, or after that version of it. */
function after(all: readonly Listed[], keyMarker: string, versionMarker: string): readonly Listed[] {
  if (keyMarker === "") return all;
  const at = all.findIndex(({ key, versionId }) => key === keyMarker && versionId === versionMarker);
  if (at >= 0) return all.slice(at + 1);
  return all.filter(({ key }) => compareKeys(key, keyMarker) > 0);
}
