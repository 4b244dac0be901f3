/** What the portal's pages may reach beside their own origin. */
export interface PortalNeighbours {
  readonly apiUrl: string;
  readonly bucketUrl: string;
  readonly cognitoEndpoint: string;
}

/** Of every answer of the portal; the same that CloudFront sends on AWS. */
export function securityHeaders(neighbours: PortalNeighbours): Record<string, string> {
  const { apiUrl, bucketUrl, cognitoEndpoint } = neighbours;
  const connect = [...new Set([apiUrl, bucketUrl, cognitoEndpoint].map((url) => new URL(url).origin))];
  return {
    "content-security-policy": contentSecurityPolicy(connect),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  };
}

function contentSecurityPolicy(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${connect.join(" ")}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
