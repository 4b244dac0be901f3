import { type JsonObject, listOf, objectOf, textOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import type { Localize } from "./local-addresses.ts";
import { nameOf } from "./surroundings.ts";

/** How each part of the security headers is written. */
const security: Readonly<Record<string, (value: JsonObject) => readonly [name: string, value: string]>> = {
  ContentSecurityPolicy: (value) => ["content-security-policy", textOf(value.ContentSecurityPolicy) ?? ""],
  ContentTypeOptions: () => ["x-content-type-options", "nosniff"],
  FrameOptions: (value) => ["x-frame-options", textOf(value.FrameOption) ?? ""],
  ReferrerPolicy: (value) => ["referrer-policy", textOf(value.ReferrerPolicy) ?? ""],
  StrictTransportSecurity: (value) => [
    "strict-transport-security",
    [
      `max-age=${textOf(value.AccessControlMaxAgeSec)}`,
      ...(String(value.IncludeSubdomains) === "true" ? ["includeSubDomains"] : []),
      ...(String(value.Preload) === "true" ? ["preload"] : []),
    ].join("; "),
  ],
};

/**
 * The headers that a `AWS::CloudFront::ResponseHeadersPolicy` adds, by name.
 *
 * @throws UnsupportedTemplateError for a part that is not added here.
 */
export function responseHeaders(resource: Resource, localize: Localize): Record<string, string> {
  const { SecurityHeadersConfig, CustomHeadersConfig, Name, Comment, ...others } = objectOf(
    resource.properties.ResponseHeadersPolicyConfig,
  );
  const unknown = [...Object.keys(others), ...Object.keys(objectOf(SecurityHeadersConfig)).filter((k) => !security[k])];
  if (unknown.length > 0) {
    throw new UnsupportedTemplateError(unknown.map((part) => `${nameOf(resource)}: ${part} is not honoured here`));
  }
  const headers: Record<string, string> = {};
  for (const [part, value] of Object.entries(objectOf(SecurityHeadersConfig))) {
    const [name, text] = security[part]!(objectOf(value));
    headers[name] = localize(text);
  }
  for (const item of listOf(objectOf(CustomHeadersConfig).Items).map(objectOf)) {
    headers[String(item.Header).toLowerCase()] = localize(String(item.Value));
  }
  return headers;
}
