import { ErrorAlert } from "./ErrorAlert.tsx";
import { Loading } from "./Loading.tsx";

export interface PendingProps {
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** In place of what is not there yet: that it is being read, or why it could not be. */
export function Pending({ error, refetch }: PendingProps) {
  return error ? <ErrorAlert error={error} onRetry={() => void refetch()} /> : <Loading />;
}
