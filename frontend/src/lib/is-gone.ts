import { ApiError } from "@systemhealer/contract/client-errors";

/** Whether what was asked for is not there, or not any more. */
export const isGone = (error: unknown): boolean => error instanceof ApiError && error.problem.status === 404;
