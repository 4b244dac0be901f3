import { Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { PortalFiles } from "../constructs/portal-files/portal-files.ts";
import type { ApiStack } from "./api-stack.ts";
import type { DataStack } from "./data-stack.ts";
import type { EdgeStack } from "./edge-stack.ts";

export interface PortalStackProps extends StackProps {
  readonly edge: EdgeStack;
  readonly data: DataStack;
  readonly api: ApiStack;
  /** Absolute path of the built portal. */
  readonly folder: string;
}

/** The portal's pages, published once the API that they call is there. */
export class PortalStack extends Stack {
  constructor(scope: Construct, id: string, { edge, data, api, folder, ...props }: PortalStackProps) {
    super(scope, id, props);
    this.addStackDependency(api, "pages call the API");
    new PortalFiles(this, "Files", { folder, bucket: edge.portal.bucket, members: data.members });
  }
}
