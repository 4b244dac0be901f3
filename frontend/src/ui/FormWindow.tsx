import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface FormWindowProps {
  readonly title: string;
  /** What the button that does it says. */
  readonly submitText: string;
  /** Default: enabled. */
  readonly isReady?: boolean;
  readonly isPending: boolean;
  /** Called by the button and by Enter, once it is ready and not under way already. */
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** The fields. */
  readonly children: ReactNode;
}

/** A window with a form in it: cancel, and one thing to do. */
export function FormWindow({
  title,
  submitText,
  isReady = true,
  isPending,
  onSubmit,
  onClose,
  children,
}: FormWindowProps) {
  const { t } = useTranslation();
  const submit = () => {
    if (isReady && !isPending) onSubmit();
  };
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={t("nav.close")}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button variant="primary" disabled={!isReady} loading={isPending} onClick={submit}>
              {submitText}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SpaceBetween size="m">{children}</SpaceBetween>
      </form>
    </Modal>
  );
}
