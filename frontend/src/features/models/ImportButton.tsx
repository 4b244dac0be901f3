import Button from "@cloudscape-design/components/button";
import { roleAllows } from "@systemhealer/contract/role";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQueries } from "../../lib/use-queries.ts";
import { ImportWindow } from "./ImportWindow.tsx";

export function ImportButton() {
  const { t } = useTranslation();
  const { data: session } = useQuery(useQueries().session());
  const [isOpen, setOpen] = useState(false);
  const mayChange = session !== undefined && roleAllows(session.role, "operator");
  return (
    <>
      <Button
        iconName="upload"
        disabled={!mayChange}
        {...(!mayChange && { disabledReason: t("models.needsOperator") })}
        onClick={() => setOpen(true)}
      >
        {t("models.import")}
      </Button>
      {isOpen && <ImportWindow onClose={() => setOpen(false)} />}
    </>
  );
}
