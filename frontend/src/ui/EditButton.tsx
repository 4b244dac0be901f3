import Button from "@cloudscape-design/components/button";
import { roleAllows } from "@systemhealer/contract/role";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useQueries } from "../lib/use-queries.ts";
import { AnnotationEditor, type AnnotationEditorProps } from "./AnnotationEditor.tsx";

/** Opens the window for name, notes and tags; says where the role does not allow it. */
export function EditButton(props: Omit<AnnotationEditorProps, "onClose">) {
  const { t } = useTranslation();
  const { data: session } = useQuery(useQueries().session());
  const [isOpen, setOpen] = useState(false);
  const mayChange = session !== undefined && roleAllows(session.role, "operator");
  return (
    <>
      <Button
        iconName="edit"
        disabled={!mayChange}
        {...(!mayChange && { disabledReason: t("models.needsOperator") })}
        onClick={() => setOpen(true)}
      >
        {t("common.annotate.edit")}
      </Button>
      {isOpen && <AnnotationEditor {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
