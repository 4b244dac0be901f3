import Box from "@cloudscape-design/components/box";
import { useTranslation } from "react-i18next";
import { LinkButton } from "../ui/LinkButton.tsx";
import { Page } from "../ui/Page.tsx";

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("common.notFoundTitle")}>
      <Box>{t("common.notFound")}</Box>
      <LinkButton to="/" variant="primary">
        {t("common.toHome")}
      </LinkButton>
    </Page>
  );
}
