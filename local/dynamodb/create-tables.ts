import { setTimeout as sleep } from "node:timers/promises";
import { type JsonObject, listOf, objectOf } from "../template/json.ts";
import type { Resource } from "../template/resource.ts";
import { UnsupportedTemplateError } from "../template/unsupported-template-error.ts";
import type { TableStore } from "./table-store.ts";

/**
 * Makes the template's tables that are not there yet.
 *
 * @throws UnsupportedTemplateError where a table that is there has other keys or indexes.
 */
export async function createTables(store: TableStore, tables: readonly Resource[]): Promise<void> {
  const problems: string[] = [];
  for (const table of tables) {
    const wanted = definitionOf(table);
    const found = await describe(store, table.ref);
    if (!found) {
      await store.send("CreateTable", wanted);
      await becomeActive(store, table.ref);
      continue;
    }
    if (shapeOf(found) !== shapeOf(wanted)) {
      problems.push(
        `${table.type} ${table.stack}/${table.logicalId}: the stored table ${table.ref} has other keys or indexes; move the data folder away`,
      );
    }
  }
  if (problems.length > 0) throw new UnsupportedTemplateError(problems);
}

async function becomeActive(store: TableStore, name: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if ((await describe(store, name))?.TableStatus === "ACTIVE") return;
    await sleep(10);
  }
  throw new Error(`the table ${name} did not become active`);
}

async function describe(store: TableStore, name: string): Promise<JsonObject | undefined> {
  try {
    return objectOf((await store.send("DescribeTable", { TableName: name })).Table);
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

function definitionOf({ ref, properties }: Resource): JsonObject {
  const indexes = listOf(properties.GlobalSecondaryIndexes).map((index) => {
    const { IndexName, KeySchema, Projection = { ProjectionType: "ALL" } } = objectOf(index);
    return { IndexName: IndexName!, KeySchema: KeySchema!, Projection };
  });
  return {
    TableName: ref,
    KeySchema: properties.KeySchema!,
    AttributeDefinitions: properties.AttributeDefinitions!,
    BillingMode: "PAY_PER_REQUEST",
    ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
  };
}

/** Keys and indexes of a table as one text, in an order of its own. */
function shapeOf(table: JsonObject): string {
  const types = new Map(
    listOf(table.AttributeDefinitions)
      .map(objectOf)
      .map(({ AttributeName, AttributeType }) => [String(AttributeName), String(AttributeType)]),
  );
  const keys = (schema: unknown): string[] =>
    listOf(schema as never)
      .map(objectOf)
      .map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName} ${types.get(String(AttributeName))}`)
      .sort();
  const indexes = listOf(table.GlobalSecondaryIndexes)
    .map(objectOf)
    .map(({ IndexName, KeySchema, Projection }) => [
      String(IndexName),
      keys(KeySchema),
      String(objectOf(Projection).ProjectionType),
      listOf(objectOf(Projection).NonKeyAttributes).map(String).sort(),
    ])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  return JSON.stringify([keys(table.KeySchema), indexes]);
}
