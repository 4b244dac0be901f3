import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Page } from "../../ui/Page.tsx";
import { ImportButton } from "./ImportButton.tsx";
import { ModelTable } from "./ModelTable.tsx";

export function ModelsPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t("models.title")}
      description={t("models.description")}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <ImportButton />
          <LinkButton to="/train" variant="primary">
            {t("train.title")}
          </LinkButton>
        </SpaceBetween>
      }
    >
      <ModelTable />
    </Page>
  );
}
