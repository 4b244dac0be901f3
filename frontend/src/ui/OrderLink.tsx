import { LinkButton, type LinkButtonProps } from "./LinkButton.tsx";
import { useRefusal } from "./use-refusal.ts";

/** A button that opens a page on which something is made or changed; says so where the role does not allow it. */
export function OrderLink(props: Omit<LinkButtonProps, "disabled" | "disabledReason">) {
  const refusal = useRefusal();
  return <LinkButton {...props} {...refusal()} />;
}
