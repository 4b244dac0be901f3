import Box from "@cloudscape-design/components/box";
import { useState } from "react";
import { useRouteError } from "react-router";
import { FailedPart } from "../ui/FailedPart.tsx";

/** Where a page's code could not be fetched, or failed before it could be drawn. */
export function RouteError() {
  const error = useRouteError();
  const [id] = useState(() => {
    const made = crypto.randomUUID();
    console.error(made, error);
    return made;
  });
  return (
    <main>
      <Box padding="l">
        <FailedPart id={id} />
      </Box>
    </main>
  );
}
