import { DeleteCommand, paginateQuery, UpdateCommand, type UpdateCommandInput } from "@aws-sdk/lib-dynamodb";
import { Run, type RunStatus } from "@systemhealer/contract/run";
import { editedMeanwhile } from "@systemhealer/domain/annotation";
import { VersionConflictError } from "@systemhealer/domain/errors";
import type { RunStore } from "@systemhealer/domain/ports/run-store";
import { annotateItem, annotationAttributes } from "./dynamo-annotations.ts";
import { activeRuns, partition, runKey, statusPartition } from "./dynamo-keys.ts";
import { eachAnswer, filterOf, queryPage } from "./dynamo-page.ts";
import { createItem, getItem, updateItem } from "./dynamo-records.ts";
import { activeIndex, type DynamoTable, ifConditionHolds, statusIndex } from "./dynamo-table.ts";

const activePageSize = 200;
const parse = (item: Record<string, unknown>): Run => Run.parse(item);

export function dynamoRunStore(table: DynamoTable): RunStore {
  const get = async (workspaceId: string, runId: string): Promise<Run> =>
    parse(await getItem(table, runKey(workspaceId, runId), "run", runId));

  /** @returns the attributes after the update; undefined where the run is not running or the extra condition fails */
  async function updateRunning(
    workspaceId: string,
    runId: string,
    update: Pick<UpdateCommandInput, "UpdateExpression"> & { condition?: string; values: Record<string, unknown> },
  ) {
    const command = new UpdateCommand({
      TableName: table.name,
      Key: runKey(workspaceId, runId),
      UpdateExpression: update.UpdateExpression,
      ConditionExpression: ["#status = :running", ...(update.condition ? [update.condition] : [])].join(" AND "),
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ...update.values, ":running": "running" },
      ReturnValues: "ALL_NEW",
    });
    return (await ifConditionHolds(table.client.send(command)))?.Attributes;
  }

  /** @param before only runs that were made before this one */
  async function countIn(workspaceId: string, status: RunStatus, before?: string): Promise<number> {
    let counted = 0;
    const query = {
      IndexName: statusIndex,
      Select: "COUNT" as const,
      KeyConditionExpression: `statusPk = :pk${before === undefined ? "" : " AND statusSk < :before"}`,
      ExpressionAttributeValues: {
        ":pk": statusPartition(workspaceId, "RUN", status),
        ...(before !== undefined && { ":before": before }),
      },
    };
    await eachAnswer(table, query, ({ count }) => {
      counted += count;
    });
    return counted;
  }

  return {
    async create(run) {
      await createItem(table, runKey(run.workspaceId, run.runId), write(run));
    },
    get,
    async replace(next) {
      const { workspaceId, runId, version } = next;
      await updateItem(table, runKey(workspaceId, runId), { ...write(next), version }, attributes, runId);
    },
    async annotate(workspaceId, runId, annotation) {
      const done = await annotateItem(table, runKey(workspaceId, runId), annotation);
      const run = await get(workspaceId, runId);
      if (!done) throw editedMeanwhile(run.name, run);
      return run;
    },
    list(workspaceId, { kind, status, tag, search }, page) {
      const statusPk = status && statusPartition(workspaceId, "RUN", status);
      return queryPage(
        table,
        {
          query: {
            ...(statusPk
              ? { IndexName: statusIndex, KeyConditionExpression: "statusPk = :pk" }
              : { KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)" }),
            ...filterOf(kind && "kind = :kind", tag !== undefined && "contains(tags, :tag)"),
            ExpressionAttributeValues: {
              ":pk": statusPk ?? partition(workspaceId),
              ...(!statusPk && { ":prefix": "RUN#" }),
              ...(kind && { ":kind": kind }),
              ...(tag !== undefined && { ":tag": tag }),
            },
          },
          list: [workspaceId, "runs", kind, status, tag, search],
          startKey: (id) => ({ ...runKey(workspaceId, id), ...(statusPk && { statusPk, statusSk: id }) }),
          idPattern: /^run-\w{26}$/,
          idOf: (run) => run.runId,
          parse,
          ...(search !== undefined && { fits: (run: Run) => isFound(run, search) }),
        },
        page,
      );
    },
    async claimRetry(workspaceId, runId, { former, next }) {
      const unclaimed = former === undefined ? "attribute_not_exists(retriedAs)" : "retriedAs = :former";
      const command = new UpdateCommand({
        TableName: table.name,
        Key: runKey(workspaceId, runId),
        UpdateExpression: "SET retriedAs = :next",
        ConditionExpression: `attribute_exists(pk) AND ${unclaimed}`,
        ExpressionAttributeValues: { ":next": next, ...(former !== undefined && { ":former": former }) },
      });
      return (await ifConditionHolds(table.client.send(command))) !== undefined;
    },
    async noteRecovery(workspaceId, runId, check) {
      const command = new UpdateCommand({
        TableName: table.name,
        Key: runKey(workspaceId, runId),
        UpdateExpression: "SET recovery = :check",
        ConditionExpression: "attribute_exists(pk) AND (attribute_not_exists(recovery) OR recovery.runId <= :runId)",
        ExpressionAttributeValues: { ":check": check, ":runId": check.runId },
      });
      return (await ifConditionHolds(table.client.send(command))) !== undefined;
    },
    async beat(workspaceId, runId, progress, at) {
      const item = await updateRunning(workspaceId, runId, {
        UpdateExpression: "SET progress = :progress, heartbeatAt = :at, activeSk = :at",
        values: { ":progress": progress, ":at": at },
      });
      return item !== undefined;
    },
    async touch(workspaceId, runId, at) {
      const item = await updateRunning(workspaceId, runId, {
        UpdateExpression: "SET heartbeatAt = :at, activeSk = :at",
        values: { ":at": at },
      });
      return item !== undefined;
    },
    async markShardDone(workspaceId, runId, shard, at) {
      const item = await updateRunning(workspaceId, runId, {
        UpdateExpression: "SET heartbeatAt = :at, activeSk = :at ADD shardsDone :shard",
        values: { ":at": at, ":shard": new Set([shard.index]) },
      });
      if (!item) return undefined;
      const done = (item.shardsDone as Set<number>).size;
      await updateRunning(workspaceId, runId, {
        UpdateExpression: "SET progress.fraction = :fraction",
        condition: "progress.fraction < :fraction",
        values: { ":fraction": Math.min(1, done / shard.count) },
      });
      return done;
    },
    async countBefore(workspaceId, runId) {
      return { queued: await countIn(workspaceId, "queued", runId), running: await countIn(workspaceId, "running") };
    },
    async countActive(workspaceId) {
      return (await countIn(workspaceId, "queued")) + (await countIn(workspaceId, "running"));
    },
    async delete(workspaceId, runId, version) {
      const command = new DeleteCommand({
        TableName: table.name,
        Key: runKey(workspaceId, runId),
        ConditionExpression: "attribute_not_exists(pk) OR #version = :version",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: { ":version": version },
      });
      if (!(await ifConditionHolds(table.client.send(command)))) throw new VersionConflictError(runId);
    },
    async *listActive() {
      const query = {
        TableName: table.name,
        IndexName: activeIndex,
        KeyConditionExpression: "activePk = :pk",
        ExpressionAttributeValues: { ":pk": activeRuns },
        Limit: activePageSize,
      };
      for await (const { Items = [] } of paginateQuery({ client: table.client }, query)) yield* Items.map(parse);
    },
  };
}

function isFound({ name, runId, tags = [] }: Run, search: string): boolean {
  const wanted = search.toLowerCase();
  return [name, runId, ...tags].some((text) => text.toLowerCase().includes(wanted));
}

/** Beside those of a run's states: what the running one counts, and its place in the index. */
const attributes = {
  all: new Set([
    ...Run.options.flatMap((kind) => kind.options.flatMap((option) => Object.keys(option.shape))),
    ...["shardsDone", "activePk", "activeSk"],
  ]),
  kept: annotationAttributes,
};

function write(run: Run): Record<string, unknown> {
  const lastSign = run.status === "running" ? run.heartbeatAt : run.status === "queued" ? run.updatedAt : undefined;
  return {
    ...run,
    statusPk: statusPartition(run.workspaceId, "RUN", run.status),
    statusSk: run.runId,
    ...(lastSign && { activePk: activeRuns, activeSk: lastSign }),
  };
}
