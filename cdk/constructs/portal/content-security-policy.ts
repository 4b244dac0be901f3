/**
 * What the portal's pages may load and whom they may call, as the header `content-security-policy`.
 *
 * @param neighbours origins beside the page's own that it may call
 */
export function contentSecurityPolicy(neighbours: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${neighbours.join(" ")}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
