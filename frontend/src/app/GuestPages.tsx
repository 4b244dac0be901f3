import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { useServices } from "../lib/services.ts";
import { ConnectionBanner } from "../ui/ConnectionBanner.tsx";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { Notifications } from "../ui/notifications.tsx";
import { lastPage } from "./last-page.ts";

/** Pages for those who are not signed in. */
export function GuestPages() {
  const { t } = useTranslation();
  const { session } = useServices();
  const { pathname, state } = useLocation();
  if (useSyncExternalStore(session.subscribe, session.get) === "signed-in") {
    const from: unknown = (state as { from?: unknown } | null)?.from;
    return <Navigate to={typeof from === "string" ? from : (lastPage() ?? "/")} replace />;
  }
  return (
    <main>
      <Box padding={{ vertical: "xl", horizontal: "m" }}>
        <div className="guest">
          <SpaceBetween size="l">
            <ConnectionBanner />
            <Notifications />
            <Box textAlign="center" color="text-body-secondary">
              <span className="balanced">{t("auth.tagline")}</span>
            </Box>
            <ErrorBoundary resetKey={pathname}>
              <Outlet />
            </ErrorBoundary>
          </SpaceBetween>
        </div>
      </Box>
    </main>
  );
}
