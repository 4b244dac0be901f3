import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { LinkButton } from "../../ui/LinkButton.tsx";

export interface OtherWayProps {
  readonly question: string;
  readonly to: string;
  readonly text: string;
}

/** Below a form: where those go who are wrong here. */
export function OtherWay({ question, to, text }: OtherWayProps) {
  return (
    <Box textAlign="center">
      <SpaceBetween size="xs" alignItems="center">
        <span>{question}</span>
        <LinkButton to={to}>{text}</LinkButton>
      </SpaceBetween>
    </Box>
  );
}
