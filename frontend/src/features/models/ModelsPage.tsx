import { useTranslation } from "react-i18next";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Page } from "../../ui/Page.tsx";
import { ModelTable } from "./ModelTable.tsx";

export function ModelsPage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t("models.title")}
      description={t("models.description")}
      actions={
        <LinkButton to="/train" variant="primary">
          {t("train.title")}
        </LinkButton>
      }
    >
      <ModelTable />
    </Page>
  );
}
