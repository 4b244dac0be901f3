export type AttributeSchema = {
  readonly name: string;
  readonly dataType: "String" | "Number" | "Boolean" | "DateTime";
  readonly mutable: boolean;
  readonly required: boolean;
  readonly minLength: number;
  readonly maxLength: number;
};

export const standardAttributes = [
  "address",
  "birthdate",
  "email",
  "family_name",
  "gender",
  "given_name",
  "locale",
  "middle_name",
  "name",
  "nickname",
  "phone_number",
  "picture",
  "preferred_username",
  "profile",
  "updated_at",
  "website",
  "zoneinfo",
] as const;

export const booleanAttributes = ["email_verified", "phone_number_verified"] as const;
