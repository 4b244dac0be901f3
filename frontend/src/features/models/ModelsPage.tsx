import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTranslation } from "react-i18next";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Page } from "../../ui/Page.tsx";
import { WindowButton } from "../../ui/WindowButton.tsx";
import { ImportWindow } from "./ImportWindow.tsx";
import { ModelTable } from "./ModelTable.tsx";

export function ModelsPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t("models.title")}
      description={t("models.description")}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <WindowButton iconName="upload" text={t("models.import")}>
            {(close) => <ImportWindow onClose={close} />}
          </WindowButton>
          <OrderLink to="/train" variant="primary">
            {t("train.title")}
          </OrderLink>
        </SpaceBetween>
      }
    >
      <ModelTable />
    </Page>
  );
}
