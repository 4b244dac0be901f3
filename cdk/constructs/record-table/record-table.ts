import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { Access } from "../access/access.ts";
import { stageOf } from "../stage/stage-scope.ts";

export type TableAction = "GetItem" | "PutItem" | "UpdateItem" | "DeleteItem" | "Query";

/** Records of all workspaces: `pk` is the workspace, `sk` the kind and id. */
export class RecordTable extends Construct {
  readonly table: Table;
  readonly #indexes = ["by-status", "active"] as const;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { config, removalPolicy } = stageOf(this);
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: config.keepData,
      removalPolicy,
    });
    const [byStatus, active] = this.#indexes;
    this.table.addGlobalSecondaryIndex({
      indexName: byStatus,
      partitionKey: { name: "statusPk", type: AttributeType.STRING },
      sortKey: { name: "statusSk", type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
    // Sparse: only what is under way has these attributes, so that the sweeper reads nothing else.
    this.table.addGlobalSecondaryIndex({
      indexName: active,
      partitionKey: { name: "activePk", type: AttributeType.STRING },
      sortKey: { name: "activeSk", type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }

  /** `Query` reaches the indexes too. */
  access(...actions: readonly TableAction[]): Access<{ readonly TABLE_NAME: string }> {
    const indexes = this.#indexes.map((name) => `${this.table.tableArn}/index/${name}`);
    return {
      variables: { TABLE_NAME: this.table.tableName },
      statements: [
        {
          actions: actions.map((action) => `dynamodb:${action}`),
          resources: [this.table.tableArn, ...(actions.includes("Query") ? indexes : [])],
        },
      ],
    };
  }
}
