import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { usePageTitle } from "../../ui/Page.tsx";
import { useErrorText } from "../../ui/use-error-text.ts";
import { TriedContext } from "./tried-context.ts";
import "./auth.css";

export interface AuthFormProps {
  readonly title: string;
  readonly submitText: string;
  /** Whether the entries can be sent; what is wrong with them is shown once somebody tries. */
  readonly isComplete: boolean;
  readonly submit: () => Promise<void>;
  readonly secondary?: ReactNode;
  readonly children: ReactNode;
}

/** One step of signing in: fields, one button, and what went wrong in words. */
export function AuthForm({ title, submitText, isComplete, submit, secondary, children }: AuthFormProps) {
  usePageTitle(title);
  const errorText = useErrorText();
  const [isTried, setTried] = useState(false);
  const sending = useMutation({ mutationFn: submit });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!sending.isPending && isComplete) sending.mutate();
      }}
    >
      <Form
        errorText={sending.error ? errorText(sending.error) : undefined}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {secondary}
            <Button variant="primary" formAction="submit" loading={sending.isPending}>
              {submitText}
            </Button>
          </SpaceBetween>
        }
      >
        <Container header={<Header variant="h1">{title}</Header>}>
          <TriedContext value={isTried}>
            <SpaceBetween size="m">{children}</SpaceBetween>
          </TriedContext>
        </Container>
      </Form>
    </form>
  );
}
