import { PutCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { Dataset } from "@systemhealer/contract/dataset";
import { editedMeanwhile } from "@systemhealer/domain/annotation";
import { expectDataset } from "@systemhealer/domain/dataset";
import { VersionConflictError } from "@systemhealer/domain/errors";
import type { DatasetStore } from "@systemhealer/domain/ports/dataset-store";
import { annotateItem, annotationAttributes } from "./dynamo-annotations.ts";
import { activeDatasets, datasetKey, dropKey, partition, statusPartition } from "./dynamo-keys.ts";
import { eachAnswer, filterOf, queryPage } from "./dynamo-page.ts";
import { createItem, findItem, getItem, updateItem } from "./dynamo-records.ts";
import { activeIndex, type DynamoTable, ifConditionHolds, statusIndex } from "./dynamo-table.ts";
import { addUser, deleteUnused, readUsers, removeUser } from "./dynamo-users.ts";

export function dynamoDatasetStore(table: DynamoTable): DatasetStore {
  const get = async (workspaceId: string, datasetId: string): Promise<Dataset> =>
    parse(await getItem(table, datasetKey(workspaceId, datasetId), "dataset", datasetId));
  return {
    get,
    async create(dataset) {
      await createItem(table, datasetKey(dataset.workspaceId, dataset.datasetId), write(dataset));
    },
    async replace(next) {
      const { workspaceId, datasetId, version } = next;
      await updateItem(table, datasetKey(workspaceId, datasetId), { ...write(next), version }, attributes, datasetId);
    },
    list(workspaceId, { status, purpose, tag }, page) {
      const statusPk = statusPartition(workspaceId, "DATASET", status);
      return queryPage(
        table,
        {
          query: {
            IndexName: statusIndex,
            KeyConditionExpression: "statusPk = :pk",
            ...filterOf(purpose && "purpose = :purpose", tag !== undefined && "contains(tags, :tag)"),
            ExpressionAttributeValues: {
              ":pk": statusPk,
              ...(purpose && { ":purpose": purpose }),
              ...(tag !== undefined && { ":tag": tag }),
            },
          },
          list: [workspaceId, "datasets", status, purpose, tag],
          startKey: (id) => ({ ...datasetKey(workspaceId, id), statusPk, statusSk: id }),
          idPattern: /^ds-\w{26}$/,
          idOf: (dataset) => dataset.datasetId,
          parse,
        },
        page,
      );
    },
    async annotate(workspaceId, datasetId, annotation) {
      const done = await annotateItem(table, datasetKey(workspaceId, datasetId), annotation);
      const dataset = await get(workspaceId, datasetId);
      if (!done) throw editedMeanwhile(dataset.name, dataset);
      return dataset;
    },
    async usage(workspaceId) {
      let total = 0;
      const announced: { objectKey: string; sizeBytes: number }[] = [];
      const query = {
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ProjectionExpression: "sizeBytes, objectKey, #status",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":pk": partition(workspaceId), ":prefix": "DATASET#" },
      };
      await eachAnswer(table, query, ({ items, count }) => {
        total += count;
        for (const { status, objectKey, sizeBytes } of items)
          if (status === "uploading") announced.push({ objectKey: String(objectKey), sizeBytes: Number(sizeBytes) });
      });
      return { count: total, announced };
    },
    async addUser(workspaceId, datasetId, userId) {
      if (await addUser(table, datasetKey(workspaceId, datasetId), userId, "ready")) return;
      expectDataset(await get(workspaceId, datasetId), "ready");
      throw new VersionConflictError(datasetId);
    },
    removeUser: (workspaceId, datasetId, userId) => removeUser(table, datasetKey(workspaceId, datasetId), userId),
    delete: (workspaceId, datasetId, version) =>
      deleteUnused(table, datasetKey(workspaceId, datasetId), { kind: "dataset", id: datasetId, version }),
    async beat(workspaceId, datasetId, rowsRead, at) {
      const update = new UpdateCommand({
        TableName: table.name,
        Key: datasetKey(workspaceId, datasetId),
        UpdateExpression: "SET rowsRead = :rows, heartbeatAt = :at, activeSk = :at",
        ConditionExpression: "#status = :validating",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":rows": rowsRead, ":at": at, ":validating": "validating" },
      });
      return (await ifConditionHolds(table.client.send(update))) !== undefined;
    },
    async listStale(before, limit) {
      const { Items = [] } = await table.client.send(
        new QueryCommand({
          TableName: table.name,
          IndexName: activeIndex,
          KeyConditionExpression: "activePk = :pk AND activeSk < :before",
          ExpressionAttributeValues: { ":pk": activeDatasets, ":before": before },
          Limit: limit,
        }),
      );
      return Items.map(parse);
    },
    async rememberDrop(workspaceId, dropHash, datasetId, at) {
      const key = dropKey(workspaceId, dropHash);
      const put = new PutCommand({
        TableName: table.name,
        Item: { ...key, schema: "drop.v1", datasetId, createdAt: at },
        ConditionExpression: "attribute_not_exists(pk)",
      });
      if (await ifConditionHolds(table.client.send(put))) return datasetId;
      return String((await findItem(table, key))?.datasetId ?? datasetId);
    },
  };
}

function parse(item: Record<string, unknown>): Dataset {
  return Dataset.parse({ ...item, usedBy: readUsers(item) });
}

/** All but `usedBy`, which only `addUser` and `removeUser` write. */
function write(dataset: Dataset): Record<string, unknown> {
  const { usedBy: _, ...item } = { usedBy: [], ...dataset };
  const lastSign =
    dataset.status === "uploading"
      ? dataset.expiresAt
      : dataset.status === "validating"
        ? dataset.heartbeatAt
        : undefined;
  return {
    ...item,
    statusPk: statusPartition(dataset.workspaceId, "DATASET", dataset.status),
    statusSk: dataset.datasetId,
    ...(lastSign && { activePk: activeDatasets, activeSk: lastSign }),
  };
}

const attributes = {
  all: new Set([...Dataset.options.flatMap((option) => Object.keys(option.shape)), "activePk", "activeSk"]),
  kept: new Set([...annotationAttributes, "usedBy"]),
};
