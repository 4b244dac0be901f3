import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useQueries } from "../../lib/use-queries.ts";

/** Uploads that home asks for: more than one, for where the last one is about to be deleted. */
export const askedUploads = 5;

interface Answer {
  readonly isLoading: boolean;
  readonly failureCount: number;
}

/**
 * Whether what the cards of home show has been answered: shown one after the other, they would push each other down.
 * A question that fails is not waited for; its card tells of it. Once answered, home stays, whatever is asked anew.
 * @param modelId undefined while it is not known
 */
export function useIsAnswered(modelId: string | null | undefined): boolean {
  const queries = useQueries();
  const answers: readonly Answer[] = [
    useQuery({ ...queries.model(modelId ?? ""), enabled: Boolean(modelId) }),
    useInfiniteQuery(queries.datasets("ready", askedUploads)),
    useQuery(queries.latestDiagnoses()),
  ];
  const [wasAnswered, setWasAnswered] = useState(false);
  const isAnswered =
    modelId !== undefined && answers.every(({ isLoading, failureCount }) => !isLoading || failureCount > 0);
  if (isAnswered && !wasAnswered) setWasAnswered(true);
  return wasAnswered || isAnswered;
}
