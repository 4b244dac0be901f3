import { useMemo } from "react";
import { queries } from "./queries.ts";
import { useServices } from "./services.ts";

export function useQueries() {
  const { client } = useServices();
  return useMemo(() => queries(client), [client]);
}
