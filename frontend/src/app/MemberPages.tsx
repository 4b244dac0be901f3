import "../lib/zod-without-eval.ts";
import AppLayout from "@cloudscape-design/components/app-layout";
import SideNavigation from "@cloudscape-design/components/side-navigation";
import SpaceBetween from "@cloudscape-design/components/space-between";
import SplitPanel from "@cloudscape-design/components/split-panel";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation, useNavigate } from "react-router";
import { PaletteProvider } from "../charts/PaletteProvider.tsx";
import { leavePreferences } from "../lib/preferences.ts";
import { useServices } from "../lib/services.ts";
import { useQueries } from "../lib/use-queries.ts";
import { ConnectionBanner } from "../ui/ConnectionBanner.tsx";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Notifications } from "../ui/notifications.tsx";
import { setPanelHost, useOpenPanel } from "../ui/SidePanel.tsx";
import { lastPage, rememberPage } from "./last-page.ts";
import { adminNavigation, navigation, settingsNavigation } from "./navigation.ts";
import { RestoredPage } from "./RestoredPage.tsx";
import { useHonouredSession } from "./use-honoured-session.ts";
import { useNoStrayDrop } from "./use-no-stray-drop.ts";
import { useSyncedPreferences } from "./use-synced-preferences.ts";
import { useUnfinishedNotice } from "./use-unfinished-notice.ts";

/** Pages for those who are signed in, with the navigation beside them. */
export function MemberPages() {
  const { userPool, session } = useServices();
  const location = useLocation();
  const state = useSyncExternalStore(session.subscribe, session.get);
  const restored = useRestoredPage();
  useEffect(() => {
    if (state !== "unknown") return;
    userPool
      .session()
      .then((found) => session.set(found ? "signed-in" : "signed-out"))
      // Without a connection the pages open all the same, and say themselves what they miss.
      .catch(() => session.set("signed-in"));
  }, [state, userPool, session]);
  const path = location.pathname + location.search;
  useEffect(() => {
    if (state === "signed-in") rememberPage(path);
  }, [state, path]);
  useEffect(() => {
    if (state !== "signed-out") return;
    leavePreferences();
    // Whoever signs in next may be somebody else.
    rememberPage("/");
  }, [state]);
  useHonouredSession(state === "signed-in");
  useUnfinishedNotice(state === "signed-in");
  useNoStrayDrop();

  if (state === "unknown") return <Loading />;
  if (state === "signed-out") {
    return <Navigate to="/sign-in" replace state={path === "/" ? null : { from: path }} />;
  }
  if (restored && location.key === "default" && path === "/") return <RestoredPage page={restored} />;
  return (
    <PaletteProvider>
      <Layout pathname={location.pathname} />
    </PaletteProvider>
  );
}

/** The last page of the visit before, where this visit begins at the front door. */
function useRestoredPage(): string | undefined {
  const first = useRef<string | undefined>(undefined);
  const [page] = useState(() => {
    first.current = lastPage();
    return first.current === "/" ? undefined : first.current;
  });
  return page;
}

function Layout({ pathname }: { readonly pathname: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(() => matchMedia("(min-width: 1100px)").matches);
  useEffect(() => {
    // The component gives its narrow toolbar an attribute that a `nav` must not have.
    for (const nav of document.querySelectorAll("nav[aria-orientation]")) nav.removeAttribute("aria-orientation");
  });
  const { data: account } = useQuery(useQueries().session());
  useSyncedPreferences(account?.userId);
  const panel = useOpenPanel();
  const [panelSize, setPanelSize] = useState<number>();
  const isNarrow = () => matchMedia("(max-width: 688px)").matches;
  const entries = [...navigation, ...settingsNavigation, ...adminNavigation];
  const link = ({ href, text }: (typeof entries)[number]) => ({ type: "link", href, text: t(text) }) as const;
  const active = entries.findLast(({ href }) => href === pathname || (href !== "/" && pathname.startsWith(href)));
  return (
    <AppLayout
      headerSelector="#top-navigation"
      toolsHide
      navigationOpen={isOpen}
      onNavigationChange={({ detail }) => setOpen(detail.open)}
      ariaLabels={{
        navigation: t("nav.main"),
        navigationClose: t("nav.closeMain"),
        navigationToggle: t("nav.openMain"),
        notifications: t("common.notifications"),
      }}
      navigation={
        <SideNavigation
          activeHref={active?.href ?? pathname}
          items={[
            ...navigation.map(link),
            { type: "divider" },
            ...settingsNavigation.map(link),
            // Last: whether they are there is known late, and nothing that is there already moves.
            ...(account?.role === "admin"
              ? [{ type: "section", text: t("nav.admin"), items: adminNavigation.map(link) } as const]
              : []),
          ]}
          onFollow={(event) => {
            event.preventDefault();
            if (isNarrow()) setOpen(false);
            void navigate(event.detail.href);
          }}
        />
      }
      splitPanelOpen={panel !== undefined}
      splitPanelPreferences={{ position: "side" }}
      {...(panelSize !== undefined && { splitPanelSize: panelSize })}
      onSplitPanelResize={({ detail }) => setPanelSize(detail.size)}
      onSplitPanelToggle={({ detail }) => !detail.open && panel?.close()}
      splitPanel={
        panel && (
          <SplitPanel header={panel.title} closeBehavior="hide" hidePreferencesButton>
            <div ref={setPanelHost} />
          </SplitPanel>
        )
      }
      notifications={<Notifications />}
      content={
        <SpaceBetween size="m">
          <ConnectionBanner />
          <ErrorBoundary key={pathname}>
            <Outlet />
          </ErrorBoundary>
        </SpaceBetween>
      }
    />
  );
}
