import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useServices } from "../lib/services.ts";
import { notify } from "../ui/notifications.tsx";

/** Between two questions at least. */
const restMilliseconds = 20_000;

/**
 * Ends this browser's session where it was ended elsewhere: asked at the start and when somebody comes back to the
 * window. The API itself takes a token until it runs out.
 */
export function useHonouredSession(isSignedIn: boolean): void {
  const { t } = useTranslation();
  const { userPool, session } = useServices();
  useEffect(() => {
    if (!isSignedIn) return;
    let last = Number.NEGATIVE_INFINITY;
    const ask = async () => {
      if (document.visibilityState !== "visible" || performance.now() - last < restMilliseconds) return;
      last = performance.now();
      if ((await userPool.isHonoured()) || session.get() !== "signed-in") return;
      session.set("signed-out");
      notify({ type: "warning", text: t("auth.endedElsewhere") });
    };
    const onReturn = () => void ask();
    onReturn();
    addEventListener("focus", onReturn);
    document.addEventListener("visibilitychange", onReturn);
    return () => {
      removeEventListener("focus", onReturn);
      document.removeEventListener("visibilitychange", onReturn);
    };
  }, [isSignedIn, userPool, session, t]);
}
