import { useTranslation } from "react-i18next";
import { PagesForRole } from "./PagesForRole.tsx";

/** Pages for administrators. */
export function AdminPages() {
  const { t } = useTranslation();
  return <PagesForRole needed="admin" title={t("admin.title")} refusal={(role) => t("admin.onlyAdmins", { role })} />;
}
