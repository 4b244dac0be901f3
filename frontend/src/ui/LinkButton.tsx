import Button, { type ButtonProps } from "@cloudscape-design/components/button";
import { useNavigate } from "react-router";

export interface LinkButtonProps
  extends Pick<ButtonProps, "children" | "variant" | "iconName" | "disabled" | "disabledReason"> {
  readonly to: string;
}

/** A button that opens a page of the portal. */
export function LinkButton({ to, ...props }: LinkButtonProps) {
  const navigate = useNavigate();
  return (
    <Button
      {...props}
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    />
  );
}
