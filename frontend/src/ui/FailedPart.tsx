import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTranslation } from "react-i18next";

/** What stands where a part of the page failed. */
export function FailedPart({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="error"
      header={t("common.failedTitle")}
      statusIconAriaLabel={t("common.error")}
      action={<Button onClick={() => location.reload()}>{t("common.reload")}</Button>}
    >
      <SpaceBetween size="xs">
        <span>{t("common.failed")}</span>
        <CopyToClipboard
          variant="inline"
          textToCopy={id}
          copyButtonAriaLabel={t("common.copyId")}
          copySuccessText={t("common.copied")}
          copyErrorText={t("common.copyFailed")}
        />
      </SpaceBetween>
    </Alert>
  );
}
