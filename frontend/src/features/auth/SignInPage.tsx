import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { useServices } from "../../lib/services.ts";
import { SignInError, type SignInStep } from "../../lib/user-pool.ts";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { AuthForm } from "./AuthForm.tsx";
import { CodeField, EmailField, isEmail } from "./fields.tsx";
import { OtherWay } from "./OtherWay.tsx";
import { PasswordField } from "./PasswordField.tsx";
import { isGoodPassword } from "./password-rules.ts";

export function SignInPage() {
  const { userPool, session } = useServices();
  const { state } = useLocation();
  const navigate = useNavigate();
  const { t } = useTranslation();
  const [email, setEmail] = useState(String((state as { email?: unknown } | null)?.email ?? ""));
  const [password, setPassword] = useState("");
  const [step, setStep] = useState<SignInStep>();
  const done = () => session.set("signed-in");

  if (step?.next === "new-password") return <NewPasswordForm choose={step.choose} done={done} />;
  if (step?.next === "second-factor") return <SecondFactorForm answer={step.answer} done={done} />;

  const submit = async () => {
    try {
      const next = await userPool.signIn(email, password);
      if (next.next === "done") done();
      else setStep(next);
    } catch (error) {
      if (!(error instanceof SignInError && error.code === "UserNotConfirmedException")) throw error;
      await userPool.resendCode(email);
      await navigate("/confirm", { state: { email } });
    }
  };
  const emailError = isEmail(email) ? undefined : t("auth.emailInvalid");
  const passwordError = password ? undefined : t("auth.required");
  return (
    <SpaceBetween size="l">
      <AuthForm
        title={t("auth.signIn")}
        submitText={t("auth.signIn")}
        isComplete={!emailError && !passwordError}
        submit={submit}
      >
        <EmailField value={email} onChange={setEmail} error={emailError} />
        <PasswordField value={password} onChange={setPassword} error={passwordError} />
        <RouterLink to="/forgot-password">{t("auth.forgot")}</RouterLink>
      </AuthForm>
      <OtherWay question={t("auth.noAccount")} to="/sign-up" text={t("auth.signUp")} />
    </SpaceBetween>
  );
}

interface NewPasswordFormProps {
  readonly choose: (password: string) => Promise<void>;
  readonly done: () => void;
}

function NewPasswordForm({ choose, done }: NewPasswordFormProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const error = isGoodPassword(password) ? undefined : t("auth.errors.InvalidPasswordException");
  return (
    <AuthForm
      title={t("auth.forgotTitle")}
      submitText={t("auth.setPassword")}
      isComplete={!error}
      submit={async () => {
        await choose(password);
        done();
      }}
    >
      <Alert statusIconAriaLabel={t("common.info")}>{t("auth.mustChange")}</Alert>
      <PasswordField isNew value={password} onChange={setPassword} error={error} />
    </AuthForm>
  );
}

interface SecondFactorFormProps {
  readonly answer: (code: string) => Promise<void>;
  readonly done: () => void;
}

function SecondFactorForm({ answer, done }: SecondFactorFormProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  return (
    <AuthForm
      title={t("auth.signIn")}
      submitText={t("auth.confirm")}
      isComplete={code !== ""}
      submit={async () => {
        await answer(code);
        done();
      }}
    >
      <CodeField label={t("auth.secondFactor")} value={code} onChange={setCode} />
    </AuthForm>
  );
}
