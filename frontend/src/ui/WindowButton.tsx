import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayChange } from "./use-may-change.ts";

export interface WindowButtonProps {
  readonly text: string;
  readonly iconName: NonNullable<ButtonProps["iconName"]>;
  /** The window, once the button was pressed. */
  readonly children: (close: () => void) => ReactNode;
}

/** Opens a window in which something is changed; says where the role does not allow it. */
export function WindowButton({ text, iconName, children }: WindowButtonProps) {
  const { t } = useTranslation();
  const mayChange = useMayChange();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        iconName={iconName}
        disabled={!mayChange}
        {...(!mayChange && { disabledReason: t("models.needsOperator") })}
        onClick={() => setOpen(true)}
      >
        {text}
      </Button>
      {isOpen && children(() => setOpen(false))}
    </>
  );
}
