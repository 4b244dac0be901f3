import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import { type ReactNode, useState } from "react";
import { useRefusal } from "./use-refusal.ts";

export interface WindowButtonProps {
  readonly text: string;
  readonly iconName: NonNullable<ButtonProps["iconName"]>;
  /** The window, once the button was pressed. */
  readonly children: (close: () => void) => ReactNode;
}

/** Opens a window in which something is changed; says where the role does not allow it. */
export function WindowButton({ text, iconName, children }: WindowButtonProps) {
  const refusal = useRefusal();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button iconName={iconName} {...refusal()} onClick={() => setOpen(true)}>
        {text}
      </Button>
      {isOpen && children(() => setOpen(false))}
    </>
  );
}
