import { compilePattern } from "../iam/pattern.ts";
import type { Application } from "../template/application.ts";
import { textOf } from "../template/json.ts";

/**
 * Whether a service may invoke a function, by the template's `AWS::Lambda::Permission`s.
 *
 * @param principal such as `events.amazonaws.com`.
 * @param sourceArn what of that service asks: a rule, a pool, a route.
 */
export function mayInvoke(
  application: Application,
  functionArn: string,
  principal: string,
  sourceArn: string,
): boolean {
  return application.ofType("AWS::Lambda::Permission").some(({ properties }) => {
    const name = textOf(properties.FunctionName) ?? "";
    const source = textOf(properties.SourceArn);
    return (
      textOf(properties.Principal) === principal &&
      (name === functionArn || functionArn.endsWith(`:function:${name}`)) &&
      (source === undefined || compilePattern(source).expression.test(sourceArn))
    );
  });
}
