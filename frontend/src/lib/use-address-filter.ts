import { useEffect, useRef } from "react";
import { useSearchParams } from "react-router";

/** What is to be another one; all else stays. */
export type FilterPart<F> = { readonly [K in keyof F]?: F[K] | undefined };

/**
 * A filter that the address tells, so that a filtered list can be sent to somebody.
 * @returns the filter, and what changes parts of it; those changed a moment before stay, whatever the page shows yet
 */
export function useAddressFilter<F extends object>(
  filterOf: (address: URLSearchParams) => F,
  addressOf: (filter: FilterPart<F>) => URLSearchParams,
): [F, (part: FilterPart<F>) => void] {
  const [address, setAddress] = useSearchParams();
  const latest = useRef(address);
  useEffect(() => {
    latest.current = address;
  }, [address]);
  const change = (part: FilterPart<F>) => {
    latest.current = addressOf({ ...filterOf(latest.current), ...part });
    setAddress(latest.current, { replace: true });
  };
  return [filterOf(address), change];
}
