import Alert from "@cloudscape-design/components/alert";
import { useTranslation } from "react-i18next";
import { inSequence } from "../../i18n/in-sequence.ts";
import { isOnThisMachine } from "../../lib/portal-config.ts";
import { useServices } from "../../lib/services.ts";

/** Says where the mail with a code went; a user pool on this machine sends none. */
export function CodeSentAlert({ email }: { readonly email: string }) {
  const { t } = useTranslation();
  const { config } = useServices();
  return (
    <Alert statusIconAriaLabel={t("common.info")}>
      {inSequence([t("auth.codeSent", { email }), isOnThisMachine(config.cognitoEndpoint) && t("auth.codeInOutbox")])}
    </Alert>
  );
}
