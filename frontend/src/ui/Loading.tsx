import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { useTranslation } from "react-i18next";

export function Loading() {
  const { t } = useTranslation();
  return (
    <Box textAlign="center" padding="l">
      <span role="status">
        <Spinner /> {t("common.loading")}
      </span>
    </Box>
  );
}
