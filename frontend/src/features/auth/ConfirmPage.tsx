import Button from "@cloudscape-design/components/button";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { useServices } from "../../lib/services.ts";
import { notify } from "../../ui/notifications.tsx";
import { useErrorText } from "../../ui/use-error-text.ts";
import { AuthForm } from "./AuthForm.tsx";
import { BackToSignIn } from "./BackToSignIn.tsx";
import { CodeSentAlert } from "./CodeSentAlert.tsx";
import { CodeField, EmailField, isEmail } from "./fields.tsx";

export function ConfirmPage() {
  const { t } = useTranslation();
  const { userPool } = useServices();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const known = String((useLocation().state as { email?: unknown } | null)?.email ?? "");
  const [email, setEmail] = useState(known);
  const [code, setCode] = useState("");
  const resending = useMutation({
    mutationFn: () => userPool.resendCode(email),
    onSuccess: () => notify({ type: "success", text: t("auth.resent") }),
    onError: (error) => notify({ type: "error", text: errorText(error) }),
  });
  const emailError = isEmail(email) ? undefined : t("auth.emailInvalid");
  const codeError = code ? undefined : t("auth.required");
  return (
    <AuthForm
      title={t("auth.confirmTitle")}
      submitText={t("auth.confirm")}
      isComplete={!emailError && !codeError}
      submit={async () => {
        await userPool.confirm(email, code);
        notify({ type: "success", text: t("auth.confirmed") });
        await navigate("/sign-in", { state: { email } });
      }}
      secondary={<BackToSignIn />}
    >
      {known && <CodeSentAlert email={known} />}
      {!known && <EmailField value={email} onChange={setEmail} error={emailError} />}
      <CodeField value={code} onChange={setCode} error={codeError} />
      <Button
        variant="inline-link"
        formAction="none"
        disabled={!isEmail(email)}
        loading={resending.isPending}
        onClick={() => resending.mutate()}
      >
        {t("auth.resend")}
      </Button>
    </AuthForm>
  );
}
