import Link from "@cloudscape-design/components/link";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";

export interface RouterLinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly fontSize?: "body-m" | "inherit";
}

/** A link to a page of the portal, without loading it anew. */
export function RouterLink({ to, children, fontSize = "inherit" }: RouterLinkProps) {
  const navigate = useNavigate();
  return (
    <Link
      href={to}
      fontSize={fontSize}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}
