/** What an operation answers; headers in lower case. */
export interface S3Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | AsyncIterable<Uint8Array>;
  /** Called when the answer was sent or broken off. */
  readonly release?: () => Promise<void>;
}

export function xmlResponse(body: string, headers: Readonly<Record<string, string>> = {}): S3Response {
  return { status: 200, headers: { "content-type": "application/xml", ...headers }, body };
}

export function emptyResponse(status: 200 | 204, headers: Readonly<Record<string, string>> = {}): S3Response {
  return { status, headers };
}
