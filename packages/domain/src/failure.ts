import { type Failure, FailureCode } from "@systemhealer/contract/failure";

/**
 * The failure of a run that an error means. An error whose `code` is one of the failure codes speaks for itself;
 * anything else is `internal`, whatever its message.
 */
export function failureOf(error: unknown): Failure {
  if (typeof error !== "object" || error === null || !("code" in error)) return internal;
  const code = FailureCode.safeParse(error.code);
  if (!code.success) return internal;
  return { code: code.data, parameters: "parameters" in error ? plain(error.parameters) : {} };
}

const internal: Failure = { code: "internal", parameters: {} };

function plain(parameters: unknown): Failure["parameters"] {
  if (typeof parameters !== "object" || parameters === null) return {};
  const values = Object.entries(parameters).map(([name, value]) =>
    Number.isFinite(value) ? [name, value as number] : [name, String(value).slice(0, 500)],
  );
  return Object.fromEntries(values);
}
