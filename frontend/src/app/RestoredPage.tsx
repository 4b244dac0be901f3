import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { useServices } from "../lib/services.ts";
import { Loading } from "../ui/Loading.tsx";
import { notify } from "../ui/notifications.tsx";
import { reachablePage } from "./reachable-page.ts";

/** Goes on where the last visit ended; where that is no more, at the list that it stood in, with a word. */
export function RestoredPage({ page }: { readonly page: string }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const cache = useQueryClient();
  const { data: reachable = page, isPending } = useQuery({
    queryKey: ["restored", page],
    queryFn: () => reachablePage(page, client, cache),
    networkMode: "always",
    retry: false,
  });
  const isGone = !isPending && reachable !== page;
  useEffect(() => {
    if (isGone) notify({ type: "info", text: t("common.lastPageGone") });
  }, [isGone, t]);
  return isPending ? <Loading /> : <Navigate to={reachable} replace />;
}
