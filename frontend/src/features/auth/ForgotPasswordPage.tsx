import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useServices } from "../../lib/services.ts";
import { notify } from "../../ui/notifications.tsx";
import { AuthForm } from "./AuthForm.tsx";
import { BackToSignIn } from "./BackToSignIn.tsx";
import { CodeSentAlert } from "./CodeSentAlert.tsx";
import { CodeField, EmailField, isEmail } from "./fields.tsx";
import { PasswordField } from "./PasswordField.tsx";
import { isGoodPassword } from "./password-rules.ts";

export function ForgotPasswordPage() {
  const { t } = useTranslation();
  const { userPool } = useServices();
  const [email, setEmail] = useState("");
  const [isSent, setSent] = useState(false);
  if (isSent) return <NewPasswordStep email={email} />;
  const error = isEmail(email) ? undefined : t("auth.emailInvalid");
  return (
    <AuthForm
      title={t("auth.forgotTitle")}
      submitText={t("auth.sendCode")}
      isComplete={!error}
      submit={async () => {
        await userPool.forgotPassword(email);
        setSent(true);
      }}
      secondary={<BackToSignIn />}
    >
      <EmailField value={email} onChange={setEmail} error={error} />
    </AuthForm>
  );
}

function NewPasswordStep({ email }: { readonly email: string }) {
  const { t } = useTranslation();
  const { userPool } = useServices();
  const navigate = useNavigate();
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const codeError = code ? undefined : t("auth.required");
  const passwordError = isGoodPassword(password) ? undefined : t("auth.errors.InvalidPasswordException");
  return (
    <AuthForm
      title={t("auth.forgotTitle")}
      submitText={t("auth.setPassword")}
      isComplete={!codeError && !passwordError}
      submit={async () => {
        await userPool.setForgottenPassword(email, code, password);
        notify({ type: "success", text: t("auth.passwordSet") });
        await navigate("/sign-in", { state: { email } });
      }}
      secondary={<BackToSignIn />}
    >
      <CodeSentAlert email={email} />
      <CodeField value={code} onChange={setCode} error={codeError} />
      <PasswordField isNew value={password} onChange={setPassword} error={passwordError} />
    </AuthForm>
  );
}
