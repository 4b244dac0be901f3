import { loadPolicy } from "../iam/load-policy.ts";
import type { Policy } from "../iam/policy.ts";
import type { Principal } from "../sigv4/credential-store.ts";
import type { Application } from "../template/application.ts";
import { listOf, objectOf, stringsOf, textOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";

/** Managed policies of AWS that only let logs, traces and images through, which need no leave here. */
const withoutEffect = [
  "service-role/AWSLambdaBasicExecutionRole",
  "service-role/AWSLambdaVPCAccessExecutionRole",
  "service-role/AmazonECSTaskExecutionRolePolicy",
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
  "AWSXRayDaemonWriteAccess",
  "AWSXrayWriteOnlyAccess",
  "CloudWatchLambdaInsightsExecutionRolePolicy",
];

/**
 * The roles of the template by ARN, each with all its policies.
 *
 * @throws UnsupportedTemplateError for a policy that could not be evaluated.
 */
export function loadRoles(application: Application): ReadonlyMap<string, Principal> {
  const problems: string[] = [];
  const attached = application.ofType("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy");
  const roles = new Map<string, Principal>();
  for (const role of application.ofType("AWS::IAM::Role")) {
    const policies: Policy[] = [];
    const add = (document: unknown, where: string): void => {
      try {
        policies.push(loadPolicy(document));
      } catch (error) {
        problems.push(`${where}: ${(error as Error).message}`);
      }
    };
    const at = `AWS::IAM::Role ${role.stack}/${role.logicalId}`;
    for (const inline of listOf(role.properties.Policies)) add(objectOf(inline).PolicyDocument, at);
    for (const arn of stringsOf(role.properties.ManagedPolicyArns)) {
      const own = attached.find((policy) => policy.type === "AWS::IAM::ManagedPolicy" && policy.ref === arn);
      if (own) add(own.properties.PolicyDocument, `${own.type} ${own.stack}/${own.logicalId}`);
      else if (!withoutEffect.some((name) => arn.endsWith(`:aws:policy/${name}`))) {
        problems.push(`${at}: the policy ${arn} is not known here`);
      }
    }
    for (const policy of attached) {
      if (stringsOf(policy.properties.Roles).includes(role.ref)) {
        add(policy.properties.PolicyDocument, `${policy.type} ${policy.stack}/${policy.logicalId}`);
      }
    }
    const arn = textOf(role.attributes.Arn)!;
    roles.set(arn, { arn, policies });
  }
  if (problems.length > 0) throw new UnsupportedTemplateError(problems);
  return roles;
}

/** The role of that ARN, if the service may take it on. */
export function roleFor(
  application: Application,
  roles: ReadonlyMap<string, Principal>,
  arn: string | undefined,
  service: string,
  user: Resource,
): Principal {
  const at = `${user.type} ${user.stack}/${user.logicalId}`;
  const principal = roles.get(arn ?? "");
  if (!principal) throw new UnsupportedTemplateError([`${at}: no role ${arn} in the template`]);
  const resource = application.ofType("AWS::IAM::Role").find(({ attributes }) => attributes.Arn === arn)!;
  const trusted = listOf(objectOf(resource.properties.AssumeRolePolicyDocument).Statement).some((statement) =>
    stringsOf(objectOf(objectOf(statement).Principal).Service).includes(service),
  );
  if (!trusted) throw new UnsupportedTemplateError([`${at}: ${service} may not assume the role ${arn}`]);
  return principal;
}
