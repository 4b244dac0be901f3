import { authorise } from "../access.ts";
import { emptyResponse, type S3Response, xmlResponse } from "../http/s3-response.ts";
import { xmlDocument } from "../xml.ts";
import type { Call } from "./operation.ts";

export async function headBucket(call: Call): Promise<S3Response> {
  authorise(call.access, "s3:ListBucket");
  return emptyResponse(200, { "x-amz-bucket-region": call.service.region });
}

/** The region; empty text for us-east-1, as S3 answers since its beginnings. */
export async function getBucketLocation(call: Call): Promise<S3Response> {
  authorise(call.access, "s3:GetBucketLocation");
  const { region } = call.service;
  return xmlResponse(xmlDocument("LocationConstraint", region === "us-east-1" ? "" : region));
}
