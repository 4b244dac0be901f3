import type { Problem } from "./problem.ts";

/** The API refused, in its own words. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** No answer, or none that can be read. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  /** Address of the API. */
  readonly address: string;

  constructor(address: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.address = address;
  }
}
