import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ApiError } from "@systemhealer/contract/client-errors";
import { useTranslation } from "react-i18next";
import { useIsNarrow } from "../lib/use-is-narrow.ts";
import { useErrorText } from "./use-error-text.ts";

export interface ErrorAlertProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Why something could not be shown or done. Nothing where there is no error. */
export function ErrorAlert({ error, onRetry }: ErrorAlertProps) {
  const { t } = useTranslation();
  const text = useErrorText();
  const isNarrow = useIsNarrow();
  if (!error) return null;
  const requestId = error instanceof ApiError ? error.problem.requestId : undefined;
  const retry = onRetry && <Button onClick={onRetry}>{t("common.retry")}</Button>;
  return (
    <Alert type="error" statusIconAriaLabel={t("common.error")} action={!isNarrow && retry}>
      <SpaceBetween size="xs">
        <div>
          {text(error)}
          {requestId && <Box color="text-body-secondary">{t("common.requestId", { id: requestId })}</Box>}
        </div>
        {isNarrow && retry}
      </SpaceBetween>
    </Alert>
  );
}
