import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Annotation } from "@systemhealer/domain/annotation";
import { type DynamoTable, type ItemKey, ifConditionHolds } from "./dynamo-table.ts";

/** What only `annotateItem` writes once a record is there. */
export const annotationAttributes: ReadonlySet<string> = new Set(["name", "notes", "tags", "revision", "edited"]);

/** @returns false where there is no such record, or its revision is not the one that was seen */
export async function annotateItem(table: DynamoTable, key: ItemKey, annotation: Annotation): Promise<boolean> {
  const { revision, edited, name, notes, tags } = annotation;
  const removed = [...(notes === "" ? ["notes"] : []), ...(tags?.length === 0 ? ["tags"] : [])];
  const set: Readonly<Record<string, unknown>> = {
    revision: revision + 1,
    edited,
    ...(name !== undefined && { name }),
    ...(notes && { notes }),
    ...(tags && tags.length > 0 && { tags }),
  };
  const names = [...Object.keys(set), ...removed];
  const sets = Object.keys(set).map((attribute) => `#${attribute} = :${attribute}`);
  const removal = removed.length > 0 ? ` REMOVE ${removed.map((attribute) => `#${attribute}`).join(", ")}` : "";
  const done = await ifConditionHolds(
    table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: key,
        UpdateExpression: `SET ${sets.join(", ")}${removal}`,
        ConditionExpression:
          revision === 0 ? "attribute_exists(pk) AND attribute_not_exists(#revision)" : "#revision = :seen",
        ExpressionAttributeNames: Object.fromEntries(names.map((attribute) => [`#${attribute}`, attribute])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(set).map(([attribute, value]) => [`:${attribute}`, value])),
          ...(revision > 0 && { ":seen": revision }),
        },
      }),
    ),
  );
  return done !== undefined;
}
