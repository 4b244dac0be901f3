import type { Behaviour, DistributionDefinition } from "../gateway/distribution.ts";
import { type PageAddress, pageAddressFunction } from "../gateway/page-address.ts";
import type { Application } from "../template/application.ts";
import { type Json, type JsonObject, listOf, objectOf, stringsOf, textOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import type { Localize } from "./local-addresses.ts";
import { publishedFiles, wildcards } from "./published-files.ts";
import { responseHeaders } from "./response-headers.ts";
import { nameOf } from "./surroundings.ts";

const honoured = new Set(["CacheBehaviors", "DefaultCacheBehavior", "DefaultRootObject", "Enabled", "Origins"]);
/** Of the way to a browser, which is short here, and of what is kept on it. */
const withoutEffect = new Set([
  "Aliases",
  "Comment",
  "HttpVersion",
  "IPV6Enabled",
  "Logging",
  "PriceClass",
  "ViewerCertificate",
]);
const behaviourFields = new Set([
  "AllowedMethods",
  "CachePolicyId",
  "Compress",
  "FunctionAssociations",
  "OriginRequestPolicyId",
  "PathPattern",
  "ResponseHeadersPolicyId",
  "TargetOriginId",
  "ViewerProtocolPolicy",
]);

/**
 * The template's CloudFront distribution: which files and which API it serves, with which headers; undefined where
 * there is none.
 *
 * @throws UnsupportedTemplateError for what would not be served as CloudFront does.
 */
export function distributionOf(application: Application, localize: Localize): DistributionDefinition | undefined {
  const [resource, ...others] = application.ofType("AWS::CloudFront::Distribution");
  if (!resource) return undefined;
  const refuse: Refuse = (what) => new UnsupportedTemplateError([`${nameOf(resource)}: ${what} is not honoured here`]);
  if (others.length > 0) throw refuse("a second distribution");
  const config = objectOf(resource.properties.DistributionConfig);
  for (const field of Object.keys(config)) {
    if (!honoured.has(field) && !withoutEffect.has(field)) throw refuse(field);
  }
  const read = (value: Json) => behaviourOf(objectOf(value), config, application, localize, refuse);
  return {
    rootObject: textOf(config.DefaultRootObject) ?? "",
    behaviours: listOf(config.CacheBehaviors).map((value) => ({
      ...read(value),
      paths: wildcards(textOf(objectOf(value).PathPattern) ?? "*"),
    })),
    otherwise: read(config.DefaultCacheBehavior ?? {}),
  };
}

type Refuse = (what: string) => UnsupportedTemplateError;

function behaviourOf(
  behaviour: JsonObject,
  config: JsonObject,
  application: Application,
  localize: Localize,
  refuse: Refuse,
): Behaviour {
  for (const field of Object.keys(behaviour)) {
    if (!behaviourFields.has(field)) throw refuse(`a behaviour's ${field}`);
  }
  const policy = textOf(behaviour.ResponseHeadersPolicyId);
  const headers = application.ofType("AWS::CloudFront::ResponseHeadersPolicy").find(({ ref }) => ref === policy);
  if (policy !== undefined && !headers) throw refuse(`a headers policy that is not in the template (${policy})`);
  return {
    source: sourceOf(textOf(behaviour.TargetOriginId), config, application, refuse),
    methods: behaviour.AllowedMethods === undefined ? ["GET", "HEAD"] : stringsOf(behaviour.AllowedMethods),
    headers: headers ? responseHeaders(headers, localize) : {},
    pageAddress: pageAddressOf(listOf(behaviour.FunctionAssociations), application, refuse),
  };
}

function sourceOf(
  originId: string | undefined,
  config: JsonObject,
  application: Application,
  refuse: Refuse,
): Behaviour["source"] {
  const origin = listOf(config.Origins)
    .map(objectOf)
    .find(({ Id }) => textOf(Id) === originId);
  const domain = textOf(origin?.DomainName) ?? "";
  const bucket = application
    .ofType("AWS::S3::Bucket")
    .find(({ attributes }) => attributes.RegionalDomainName === domain);
  if (bucket) return { files: publishedFiles(application, bucket.ref) };
  const isApi = application
    .ofType("AWS::ApiGatewayV2::Api")
    .some(({ ref }) => domain.startsWith(`${ref}.execute-api.`));
  if (!isApi) throw refuse(`the origin ${domain}`);
  return "api";
}

function pageAddressOf(associations: readonly Json[], application: Application, refuse: Refuse): PageAddress {
  const [association, ...others] = associations.map(objectOf);
  if (!association) return (path) => path;
  if (others.length > 0 || association.EventType !== "viewer-request")
    throw refuse("a function beside one on requests");
  const arn = textOf(association.FunctionARN);
  const edge: Resource | undefined = application
    .ofType("AWS::CloudFront::Function")
    .find(({ attributes }) => attributes.FunctionARN === arn);
  if (!edge) throw refuse(`a function that is not in the template (${arn})`);
  return pageAddressFunction(textOf(edge.properties.FunctionCode) ?? "");
}
