import { ApiError } from "@systemhealer/contract/client";

/** The problem that a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<ApiError["problem"]> {
  const error = await call.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof ApiError)) throw new Error("The call was not refused", { cause: error });
  return error.problem;
}
