import { roleAllows } from "@systemhealer/contract/role";
import { useQuery } from "@tanstack/react-query";
import { useQueries } from "../lib/use-queries.ts";

/** Whether the reader's role may change things, not only look; false until it is known. */
export function useMayChange(): boolean {
  const { data: session } = useQuery(useQueries().session());
  return session !== undefined && roleAllows(session.role, "operator");
}
