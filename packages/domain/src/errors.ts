import type { FailureCode } from "@systemhealer/contract/failure";

/**
 * What can go wrong in the domain's own words. `code` and `parameters` choose the sentence in the contract's
 * messages; adapters translate the SDK's errors into these, and the API maps each class to its word on the wire.
 */
export type Parameters = Readonly<Record<string, string | number>>;

abstract class DomainError extends Error {
  readonly code: string;
  readonly parameters: Parameters;

  constructor(code: string, parameters: Parameters = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(parameters)}`, options);
    this.code = code;
    this.parameters = parameters;
  }
}

/** The order itself is wrong, whoever gives it. */
export class InvalidError extends DomainError {
  override readonly name = "InvalidError";
}
/** The caller's role or workspace does not allow it. */
export class ForbiddenError extends DomainError {
  override readonly name = "ForbiddenError";
}
/** Not there, or not in the caller's workspace. */
export class NotFoundError extends DomainError {
  override readonly name = "NotFoundError";
}
/** Not possible in the present state; something else holds or uses it. */
export class ConflictError extends DomainError {
  override readonly name = "ConflictError";
}
/** Another writer was first: read again and decide again. */
export class VersionConflictError extends ConflictError {
  constructor(record: string, options?: ErrorOptions) {
    super("changed-meanwhile", { record }, options);
  }
}
/** A worker knows why its run cannot succeed. */
export class RunFailedError extends Error {
  override readonly name = "RunFailedError";
  readonly code: FailureCode;
  readonly parameters: Parameters;

  constructor(code: FailureCode, parameters: Parameters = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(parameters)}`, options);
    this.code = code;
    this.parameters = parameters;
  }
}
export { DomainError };
