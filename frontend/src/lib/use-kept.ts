import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { readStored, writeStored } from "./storage.ts";
import { useQueries } from "./use-queries.ts";

/**
 * A choice that this browser keeps for whoever is signed in.
 * @returns it, what changes it, and whether it is read: what is chosen before that would be chosen over what is kept
 */
export function useKept<T>(key: string, usual: T): readonly [T, (value: T) => void, boolean] {
  const { data: session, isPending } = useQuery(useQueries().session());
  const place = session && `${session.userId}.${key}`;
  const stored = useMemo(() => (place === undefined ? undefined : readStored<T>(place)), [place]);
  const [chosen, setChosen] = useState<{ readonly place: string | undefined; readonly value: T }>();
  const change = useCallback(
    (value: T) => {
      setChosen({ place, value });
      if (place !== undefined) writeStored(place, value);
    },
    [place],
  );
  return [chosen && chosen.place === place ? chosen.value : (stored ?? usual), change, !isPending];
}
