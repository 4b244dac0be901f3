import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { ErrorAlert } from "./ErrorAlert.tsx";
import "./order-form.css";

export interface OrderFormProps {
  /** What the button that orders says. */
  readonly submitText: string;
  readonly isReady: boolean;
  readonly isPending: boolean;
  /** Why the last order was not taken. */
  readonly error: unknown;
  /** Called only of a complete order, and not while one is on its way. */
  readonly onSubmit: () => void;
  /** The fields. */
  readonly children: ReactNode;
}

/** A form that orders a run. However long it is, its button stays in sight. */
export function OrderForm({ submitText, isReady, isPending, error, onSubmit, children }: OrderFormProps) {
  return (
    <form
      className="order-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isPending) onSubmit();
      }}
    >
      {children}
      <div className="order">
        <SpaceBetween size="s">
          <ErrorAlert error={error} />
          <Button variant="primary" formAction="submit" disabled={!isReady} loading={isPending}>
            {submitText}
          </Button>
        </SpaceBetween>
      </div>
    </form>
  );
}
