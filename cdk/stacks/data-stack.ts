import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { DataBucket } from "../constructs/data-bucket/data-bucket.ts";
import { MemberPool } from "../constructs/member-pool/member-pool.ts";
import { RecordTable } from "../constructs/record-table/record-table.ts";
import type { EdgeStack } from "./edge-stack.ts";

export interface DataStackProps extends StackProps {
  readonly edge: EdgeStack;
}

/** All that must not be lost: objects, records, users. */
export class DataStack extends Stack {
  readonly bucket: DataBucket;
  readonly records: RecordTable;
  readonly members: MemberPool;

  constructor(scope: Construct, id: string, { edge, ...props }: DataStackProps) {
    super(scope, id, props);
    this.bucket = new DataBucket(this, "Data", { pages: edge.portal.origins });
    this.records = new RecordTable(this, "Records");
    this.members = new MemberPool(this, "Members", { records: this.records });

    new CfnOutput(this, "Region", { value: this.region });
    new CfnOutput(this, "BucketName", { value: this.bucket.bucket.bucketName });
    new CfnOutput(this, "TableName", { value: this.records.table.tableName });
    new CfnOutput(this, "UserPoolId", { value: this.members.pool.userPoolId });
    new CfnOutput(this, "ClientId", { value: this.members.client.userPoolClientId });
  }
}
