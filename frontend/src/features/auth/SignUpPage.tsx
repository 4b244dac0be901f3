import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useServices } from "../../lib/services.ts";
import { AuthForm } from "./AuthForm.tsx";
import { EmailField, isEmail } from "./fields.tsx";
import { OtherWay } from "./OtherWay.tsx";
import { PasswordField } from "./PasswordField.tsx";
import { isGoodPassword } from "./password-rules.ts";

export function SignUpPage() {
  const { t } = useTranslation();
  const { userPool } = useServices();
  const navigate = useNavigate();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const emailError = isEmail(email) ? undefined : t("auth.emailInvalid");
  const passwordError = isGoodPassword(password) ? undefined : t("auth.errors.InvalidPasswordException");
  return (
    <SpaceBetween size="l">
      <AuthForm
        title={t("auth.signUp")}
        submitText={t("auth.signUp")}
        isComplete={!emailError && !passwordError}
        submit={async () => {
          await userPool.signUp(email, password);
          await navigate("/confirm", { state: { email } });
        }}
      >
        <EmailField value={email} onChange={setEmail} error={emailError} />
        <PasswordField isNew value={password} onChange={setPassword} error={passwordError} />
      </AuthForm>
      <OtherWay question={t("auth.haveAccount")} to="/sign-in" text={t("auth.signIn")} />
    </SpaceBetween>
  );
}
