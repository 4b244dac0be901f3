import { authorize } from "../access/authorize.ts";
import type { JsonService } from "../aws/json-service.ts";
import { ServiceError } from "../aws/service-error.ts";
import { type JsonObject, objectOf, textOf } from "../template/json.ts";
import { account, region } from "../template/physical-names.ts";
import type { TableStore } from "./table-store.ts";

/** Operations that are let through; each asks for the action of its name. */
const operations = new Set([
  "BatchGetItem",
  "BatchWriteItem",
  "DeleteItem",
  "DescribeTable",
  "DescribeTimeToLive",
  "GetItem",
  "ListTables",
  "PutItem",
  "Query",
  "Scan",
  "UpdateItem",
]);

/** Fields that the store would leave out without a word. */
const notHonoured = ["ReturnValuesOnConditionCheckFailure"];

/** DynamoDB: checks the caller's grants on the tables and indexes a request names, then asks the store. */
export function dynamoService(store: TableStore): JsonService {
  return {
    signingName: "dynamodb",
    targetPrefix: "DynamoDB_20120810",
    contentType: "application/x-amz-json-1.0",
    async handle({ operation, input, body, principal }) {
      if (!operations.has(operation)) {
        throw new ServiceError("UnknownOperationException", `${operation} is not served by the local stack`);
      }
      const field = notHonoured.find((name) => name in input);
      if (field !== undefined) {
        throw new ServiceError("ValidationException", `${field} is not honoured by the local stack`);
      }
      for (const resource of resourcesOf(operation, input)) authorize(principal, `dynamodb:${operation}`, resource);
      const answer = await store.call(`DynamoDB_20120810.${operation}`, body);
      return { status: answer.status, body: answer.body };
    },
  };
}

function resourcesOf(operation: string, input: JsonObject): string[] {
  if (operation === "ListTables") return ["*"];
  if (operation.startsWith("Batch")) return Object.keys(objectOf(input.RequestItems)).map(tableArn);
  const table = tableArn(textOf(input.TableName) ?? "");
  return [input.IndexName === undefined ? table : `${table}/index/${input.IndexName}`];
}

function tableArn(name: string): string {
  return name.startsWith("arn:") ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}
