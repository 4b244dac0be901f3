import type { GroupSettings } from "../definition.ts";
import { InvalidParameterError, ResourceNotFoundError } from "../errors.ts";
import { type Input, limit, optionalText, text, texts } from "../input.ts";
import { page } from "../paging.ts";
import { groupsOf, namedUser, type PoolContext } from "../pool-context.ts";
import { describeUser } from "../user-description.ts";
import { allAttributes, normalEmail, type User } from "../users.ts";

export function listUsers(context: PoolContext, input: Input): object {
  const filter = readFilter(optionalText(input, "Filter"));
  const attributes = texts(input, "AttributesToGet");
  const users = page(
    matching(context.store.users(), filter),
    ({ sequence }) => sequence,
    limit(input),
    optionalText(input, "PaginationToken"),
  );
  return {
    Users: users.items.map((user) => describeUser(user, attributes)),
    ...(users.next === undefined ? {} : { PaginationToken: users.next }),
  };
}

export function listUsersInGroup(context: PoolContext, input: Input): object {
  const group = namedGroup(context, input);
  const members = matching(context.store.users(), (user) => user.groups.includes(group.name));
  const users = page(members, ({ sequence }) => sequence, limit(input), optionalText(input, "NextToken"));
  return {
    Users: users.items.map((user) => describeUser(user)),
    ...(users.next === undefined ? {} : { NextToken: users.next }),
  };
}

export function listGroups(context: PoolContext, input: Input): object {
  return describeGroups(context, [...context.settings.groups.values()], input);
}

export function adminListGroupsForUser(context: PoolContext, input: Input): object {
  return describeGroups(context, groupsOf(context, namedUser(context, input)), input);
}

export async function adminAddUserToGroup(context: PoolContext, input: Input): Promise<object> {
  const user = namedUser(context, input);
  const { name } = namedGroup(context, input);
  await changeGroups(context, user, (groups) => [...groups.filter((other) => other !== name), name]);
  return {};
}

export async function adminRemoveUserFromGroup(context: PoolContext, input: Input): Promise<object> {
  const user = namedUser(context, input);
  const { name } = namedGroup(context, input);
  await changeGroups(context, user, (groups) => groups.filter((other) => other !== name));
  return {};
}

async function changeGroups(
  context: PoolContext,
  user: User,
  change: (groups: readonly string[]) => readonly string[],
): Promise<void> {
  await context.store.changeUser(user.username, (current) => ({ ...current, groups: change(current.groups) }));
}

function namedGroup(context: PoolContext, input: Input): GroupSettings {
  const group = context.settings.groups.get(text(input, "GroupName"));
  if (group === undefined) throw new ResourceNotFoundError("Group not found.");
  return group;
}

function describeGroups(context: PoolContext, groups: readonly GroupSettings[], input: Input): object {
  const date = context.store.createdAt / 1000;
  const numbered = groups.map((group, index) => ({ group, index }));
  const paged = page(numbered, ({ index }) => index, limit(input), optionalText(input, "NextToken"));
  return {
    Groups: paged.items.map(({ group }) => ({
      GroupName: group.name,
      UserPoolId: context.poolId,
      ...(group.description === undefined ? {} : { Description: group.description }),
      ...(group.roleArn === undefined ? {} : { RoleArn: group.roleArn }),
      ...(group.precedence === undefined ? {} : { Precedence: group.precedence }),
      CreationDate: date,
      LastModifiedDate: date,
    })),
    ...(paged.next === undefined ? {} : { NextToken: paged.next }),
  };
}

function* matching(users: Iterable<User>, wanted: (user: User) => boolean): Generator<User> {
  for (const user of users) if (wanted(user)) yield user;
}

const filterForm = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/s;
const filterAttributes = [
  "email",
  "sub",
  "username",
  "name",
  "given_name",
  "family_name",
  "cognito:user_status",
  "status",
];

/** Filters of the form `email = "ada@example.org"`; `^=` asks for a beginning. */
function readFilter(filter: string | undefined): (user: User) => boolean {
  if (filter === undefined || filter.trim() === "") return () => true;
  const [, attribute = "", operator, quoted = ""] = filterForm.exec(filter) ?? [];
  if (!filterAttributes.includes(attribute)) {
    throw new InvalidParameterError(
      "Error while parsing filter: one searchable attribute, = or ^=, and a quoted value",
    );
  }
  const fold = attribute === "email" ? normalEmail : (value: string) => value;
  const wanted = fold(quoted.replaceAll(/\\(.)/gs, "$1"));
  return (user) => {
    const value = fold(filterValue(user, attribute));
    return operator === "=" ? value === wanted : value.startsWith(wanted);
  };
}

function filterValue(user: User, attribute: string): string {
  if (attribute === "username") return user.username;
  if (attribute === "cognito:user_status") return user.status;
  if (attribute === "status") return user.enabled ? "Enabled" : "Disabled";
  return allAttributes(user)[attribute] ?? "";
}
