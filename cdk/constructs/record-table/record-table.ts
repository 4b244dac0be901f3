import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Construct } from "constructs";
import type { Access } from "../access/access.ts";
import { stageOf } from "../stage/stage-scope.ts";

export type TableAction = "GetItem" | "PutItem" | "UpdateItem" | "DeleteItem" | "Query";
export type TableIndex = "by-status" | "active";

/** Of whoever may end a training: one that did not succeed leaves no model. */
export const allButQuery = ["GetItem", "PutItem", "UpdateItem", "DeleteItem"] as const satisfies readonly TableAction[];

export interface TableUse {
  readonly actions?: readonly TableAction[];
  /** Indexes that may be queried. */
  readonly indexes?: readonly TableIndex[];
}

/** Records of all workspaces: `pk` is the workspace, `sk` the kind and id. */
export class RecordTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const { config, removalPolicy } = stageOf(this);
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: "ttl",
      deletionProtection: config.keepData,
      removalPolicy,
    });
    this.#addIndex("by-status", "statusPk", "statusSk");
    // Sparse: only what is under way has these attributes, so that the sweeper reads nothing else.
    this.#addIndex("active", "activePk", "activeSk");
  }

  access({ actions = [], indexes = [] }: TableUse): Access<{ readonly TABLE_NAME: string }> {
    return {
      variables: { TABLE_NAME: this.table.tableName },
      statements: [
        { actions: actions.map((action) => `dynamodb:${action}`), resources: [this.table.tableArn] },
        { actions: ["dynamodb:Query"], resources: indexes.map((name) => `${this.table.tableArn}/index/${name}`) },
      ].filter((statement) => statement.actions.length > 0 && statement.resources.length > 0),
    };
  }

  #addIndex(indexName: TableIndex, partitionKey: string, sortKey: string): void {
    this.table.addGlobalSecondaryIndex({
      indexName,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }
}
