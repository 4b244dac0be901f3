import { useTranslation } from "react-i18next";

/** What an operation of the API is called in words; one that has no words keeps its name. */
export function useOperationName(): (operation: string) => string {
  const names = useOperationNames();
  return (operation) => names[operation] ?? operation;
}

export function useOperationNames(): Readonly<Record<string, string>> {
  const { t } = useTranslation();
  return t("admin.audit.operations", { returnObjects: true }) as unknown as Readonly<Record<string, string>>;
}
