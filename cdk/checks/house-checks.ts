import type { PolicyValidationPluginReport } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import type { IConstruct } from "constructs";
import { acknowledgements, isAcknowledged } from "./acknowledgements.ts";

/**
 * The AWS Solutions rules, less what `acknowledgements.ts` gives a reason for. What remains fails the synthesis.
 * The rules' own acknowledgements compare whole findings, which hold generated names; ours match patterns.
 */
export class HouseChecks extends AwsSolutionsChecks {
  override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const violations = super
      .validateScope(scope)
      .violations.map((violation) => ({
        ...violation,
        violatingResources: violation.violatingResources.filter(
          ({ constructPath = "" }) =>
            !acknowledgements.some((entry) => isAcknowledged(violation.ruleName, constructPath, entry)),
        ),
      }))
      .filter(({ violatingResources }) => violatingResources.length > 0);
    return { success: violations.length === 0, violations };
  }
}
