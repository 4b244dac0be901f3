import { asNameValues } from "./attributes.ts";
import { allAttributes, type User } from "./users.ts";

/** A user as administrators' calls show it; dates in seconds since the epoch. */
export function describeUser(user: User, attributesToGet?: readonly string[]) {
  const shown = Object.entries(allAttributes(user)).filter(([name]) => attributesToGet?.includes(name) ?? true);
  return {
    Username: user.username,
    Attributes: asNameValues(Object.fromEntries(shown)),
    UserCreateDate: user.createdAt / 1000,
    UserLastModifiedDate: user.modifiedAt / 1000,
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}
