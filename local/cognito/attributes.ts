import type { AttributeSchema } from "./attribute-schema.ts";
import { InvalidParameterError } from "./errors.ts";

/** One `@` between two parts without white space, the shape Cognito asks of a user name that is an e-mail address. */
export function isEmail(value: string): boolean {
  return value.length <= 128 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$/u.test(value);
}

/**
 * Checks values against the pool's schema.
 * @param change `create` may also set what cannot be changed later.
 * @throws InvalidParameterError naming the attribute.
 */
export function checkAttributes(
  values: Readonly<Record<string, string>>,
  schema: ReadonlyMap<string, AttributeSchema>,
  change: "create" | "update",
): void {
  for (const [name, value] of Object.entries(values)) {
    if (name === "sub") throw new InvalidParameterError("Cannot modify an already provided sub");
    const rule = schema.get(name);
    if (rule === undefined) throw nonconforming(`user.${name}: Attribute does not exist in the schema.\n`);
    if (change === "update" && !rule.mutable) {
      throw new InvalidParameterError(`user.${name}: Attribute cannot be updated.\n`);
    }
    if (value.length < rule.minLength || value.length > rule.maxLength) {
      throw nonconforming(`user.${name}: String must be of ${rule.minLength} to ${rule.maxLength} characters\n`);
    }
    if (rule.dataType === "Boolean" && value !== "true" && value !== "false") {
      throw nonconforming(`user.${name}: must be true or false\n`);
    }
    if (rule.dataType === "Number" && !/^-?\d+$/.test(value)) {
      throw nonconforming(`user.${name}: must be a whole number\n`);
    }
    if (name === "email" && !isEmail(value)) throw new InvalidParameterError("Invalid email address format.");
  }
}

/** @throws InvalidParameterError naming a required attribute that is missing. */
export function checkRequired(
  values: Readonly<Record<string, string>>,
  schema: ReadonlyMap<string, AttributeSchema>,
): void {
  for (const { name, required } of schema.values()) {
    if (required && (values[name] ?? "") === "") throw nonconforming(`${name}: The attribute is required\n`);
  }
}

/** The form in which attributes stand in requests and responses. */
export function asNameValues(values: Readonly<Record<string, string>>): { Name: string; Value: string }[] {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}

function nonconforming(detail: string): InvalidParameterError {
  return new InvalidParameterError(`Attributes did not conform to the schema: ${detail}`);
}
