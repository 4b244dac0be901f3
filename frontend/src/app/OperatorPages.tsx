import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { PagesForRole } from "./PagesForRole.tsx";

const titles = {
  "/data/upload": "upload.title",
  "/data/chain": "upload.chain.title",
  "/train": "train.title",
  "/diagnose": "diagnosis.title",
  "/verify": "recovery.page",
  "/adapt": "adaptation.title",
  "/clusters": "clusters.title",
} as const;

/** Pages on which files are sent and runs are ordered, for operators and administrators. */
export function OperatorPages() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const title = titles[pathname as keyof typeof titles] ?? "product";
  return <PagesForRole needed="operator" title={t(title)} refusal={(role) => t("common.onlyOperators", { role })} />;
}
