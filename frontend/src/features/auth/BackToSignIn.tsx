import { useTranslation } from "react-i18next";
import { LinkButton } from "../../ui/LinkButton.tsx";

export function BackToSignIn() {
  const { t } = useTranslation();
  return (
    <LinkButton to="/sign-in" variant="link">
      {t("auth.toSignIn")}
    </LinkButton>
  );
}
