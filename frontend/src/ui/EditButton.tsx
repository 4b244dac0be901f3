import { useTranslation } from "react-i18next";
import { AnnotationEditor, type AnnotationEditorProps } from "./AnnotationEditor.tsx";
import { WindowButton } from "./WindowButton.tsx";

/** Opens the window for name, notes and tags. */
export function EditButton(props: Omit<AnnotationEditorProps, "onClose">) {
  const { t } = useTranslation();
  return (
    <WindowButton iconName="edit" text={t("common.annotate.edit")}>
      {(close) => <AnnotationEditor {...props} onClose={close} />}
    </WindowButton>
  );
}
