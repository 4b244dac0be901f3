import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { Model } from "@systemhealer/contract/model";
import { editedMeanwhile } from "@systemhealer/domain/annotation";
import { NotFoundError } from "@systemhealer/domain/errors";
import type { ModelStore } from "@systemhealer/domain/ports/model-store";
import { annotateItem } from "./dynamo-annotations.ts";
import { modelKey, partition, trainedKey } from "./dynamo-keys.ts";
import { filterOf, queryPage } from "./dynamo-page.ts";
import { createItem, findItem, getItem } from "./dynamo-records.ts";
import type { DynamoTable } from "./dynamo-table.ts";
import { addUser, deleteUnused, readUsers, removeUser } from "./dynamo-users.ts";

const parse = (item: Record<string, unknown>): Model => Model.parse({ ...item, usedBy: readUsers(item) });

export function dynamoModelStore(table: DynamoTable): ModelStore {
  const get = async (workspaceId: string, modelId: string): Promise<Model> =>
    parse(await getItem(table, modelKey(workspaceId, modelId), "model", modelId));
  const find = async (workspaceId: string, modelId: string): Promise<Model | undefined> => {
    const item = await findItem(table, modelKey(workspaceId, modelId));
    return item && parse(item);
  };
  return {
    async create(model) {
      const { usedBy, ...item } = model;
      await createItem(table, modelKey(model.workspaceId, model.modelId), {
        ...item,
        ...(usedBy.length > 0 && { usedBy: new Set(usedBy) }),
      });
    },
    get,
    async annotate(workspaceId, modelId, annotation) {
      const done = await annotateItem(table, modelKey(workspaceId, modelId), annotation);
      const model = await get(workspaceId, modelId);
      if (!done) throw editedMeanwhile(model.name, model);
      return model;
    },
    list(workspaceId, { tag }, page) {
      return queryPage(
        table,
        {
          query: {
            KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
            ...filterOf(tag !== undefined && "contains(tags, :tag)"),
            ExpressionAttributeValues: {
              ":pk": partition(workspaceId),
              ":prefix": "MODEL#",
              ...(tag !== undefined && { ":tag": tag }),
            },
          },
          list: [workspaceId, "models", tag],
          startKey: (id) => ({ ...modelKey(workspaceId, id) }),
          idPattern: /^mdl-\w{26}$/,
          idOf: (model) => model.modelId,
          parse,
        },
        page,
      );
    },
    async rememberTrained(workspaceId, key, modelId) {
      const Item = { ...trainedKey(workspaceId, key), schema: "trained.v1", modelId };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    },
    async findTrained(workspaceId, key) {
      const item = await findItem(table, trainedKey(workspaceId, key));
      return item && find(workspaceId, String(item.modelId));
    },
    async addUser(workspaceId, modelId, userId) {
      if (await addUser(table, modelKey(workspaceId, modelId), userId)) return;
      throw new NotFoundError("model-not-found", { id: modelId });
    },
    removeUser: (workspaceId, modelId, userId) => removeUser(table, modelKey(workspaceId, modelId), userId),
    delete: (workspaceId, modelId) =>
      deleteUnused(table, modelKey(workspaceId, modelId), { kind: "model", id: modelId }),
  };
}
