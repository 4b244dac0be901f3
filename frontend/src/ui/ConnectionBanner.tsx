import Alert from "@cloudscape-design/components/alert";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

const backMilliseconds = 4_000;

const subscribe = (listener: () => void) => {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
};

const useIsOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

/** Says that the connection is lost, and for a while that it is back. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const isOnline = useIsOnline();
  const [wasOffline, setWasOffline] = useState(false);
  useEffect(() => {
    if (!isOnline) {
      setWasOffline(true);
      return;
    }
    const timer = setTimeout(() => setWasOffline(false), backMilliseconds);
    return () => clearTimeout(timer);
  }, [isOnline]);
  return (
    <div role="status">
      {!isOnline && (
        <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
          {t("common.offline")}
        </Alert>
      )}
      {isOnline && wasOffline && (
        <Alert type="success" statusIconAriaLabel={t("common.success")}>
          {t("common.online")}
        </Alert>
      )}
    </div>
  );
}
