import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { ApiAddress } from "../constructs/http-api/api-address.ts";
import { Portal } from "../constructs/portal/portal.ts";

/**
 * The addresses that clients call. They come before all else, since the other stacks must know them; what answers
 * there comes later.
 */
export class EdgeStack extends Stack {
  readonly api: ApiAddress;
  readonly portal: Portal;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.api = new ApiAddress(this, "Http");
    this.portal = new Portal(this, "Portal", { apiId: this.api.apiId });
    new CfnOutput(this, "PortalUrl", { value: this.portal.origins[0] });
  }
}
