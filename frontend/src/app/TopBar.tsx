import TopNavigation, { type TopNavigationProps } from "@cloudscape-design/components/top-navigation";
import { useQuery } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { languageNames, setLanguage, useLanguage } from "../i18n/language.ts";
import { type ColourScheme, type Preferences, setPreferences, usePreferences } from "../lib/preferences.ts";
import { useServices } from "../lib/services.ts";
import { useQueries } from "../lib/use-queries.ts";
import { notify } from "../ui/notifications.tsx";
import { useErrorText } from "../ui/use-error-text.ts";
import { forgetPage } from "./last-page.ts";

export function TopBar() {
  const { t } = useTranslation();
  const { session } = useServices();
  const navigate = useNavigate();
  const state = useSyncExternalStore(session.subscribe, session.get);
  const utilities = [
    useLanguageMenu(),
    useDisplayMenu(state === "signed-in"),
    ...useAccountMenu(state === "signed-in"),
  ];
  return (
    <div id="top-navigation">
      <TopNavigation
        identity={{
          href: "/",
          title: t("product"),
          onFollow: (event) => {
            event.preventDefault();
            void navigate("/");
          },
        }}
        utilities={utilities}
        i18nStrings={{ overflowMenuTriggerText: t("nav.more"), overflowMenuTitleText: t("nav.menu") }}
      />
    </div>
  );
}

function useLanguageMenu(): TopNavigationProps.Utility {
  const { t } = useTranslation();
  const language = useLanguage();
  const onLost = () => notify({ type: "error", text: t("common.noConnection") });
  return {
    type: "menu-dropdown",
    text: languageNames[language],
    iconName: "globe",
    ariaLabel: t("common.fact", { name: t("nav.language"), value: languageNames[language] }),
    items: (["zh", "en"] as const).map((id) => ({ id, text: languageNames[id], itemType: "action" as const })),
    onItemClick: ({ detail }) => void setLanguage(detail.id === "zh" ? "zh" : "en").catch(onLost),
  };
}

function useDisplayMenu(isSignedIn: boolean): TopNavigationProps.Utility {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { scheme, density } = usePreferences();
  const entry = (id: string, name: string, isChosen: boolean) => ({
    id,
    text: isChosen ? t("preferences.chosen", { name }) : name,
    disabled: isChosen,
  });
  return {
    type: "menu-dropdown",
    iconName: "settings",
    title: t("nav.preferences"),
    ariaLabel: t("nav.preferences"),
    items: [
      {
        id: "scheme",
        text: t("preferences.scheme"),
        items: (["system", "light", "dark"] as const).map((id) => entry(id, t(`preferences.${id}`), scheme === id)),
      },
      {
        id: "density",
        text: t("preferences.density"),
        items: (["comfortable", "compact"] as const).map((id) => entry(id, t(`preferences.${id}`), density === id)),
      },
      ...(isSignedIn ? [{ id: "all", text: t("preferences.all") }] : []),
    ],
    onItemClick: ({ detail: { id } }) => {
      if (id === "all") void navigate("/settings");
      else if (id === "comfortable" || id === "compact") setPreferences({ density: id as Preferences["density"] });
      else setPreferences({ scheme: id as ColourScheme });
    },
  };
}

function useAccountMenu(isSignedIn: boolean): TopNavigationProps.Utility[] {
  const { t } = useTranslation();
  const { userPool, session } = useServices();
  const queries = useQueries();
  const errorText = useErrorText();
  const { data: account } = useQuery({ ...queries.session(), enabled: isSignedIn });
  if (!isSignedIn) return [];
  const end = async (everywhere: boolean) => {
    try {
      await (everywhere ? userPool.signOutEverywhere() : userPool.signOut());
      session.set("signed-out");
      forgetPage();
      notify({ type: "success", text: t(everywhere ? "auth.signedOutEverywhere" : "auth.signedOut") });
    } catch (error) {
      notify({ type: "error", text: errorText(error) });
    }
  };
  return [
    {
      type: "menu-dropdown",
      iconName: "user-profile",
      title: t("nav.account"),
      ariaLabel: t("nav.account"),
      ...(account && { description: account.email }),
      items: [
        { id: "here", text: t("auth.signOut") },
        { id: "everywhere", text: t("auth.signOutEverywhere") },
      ],
      onItemClick: ({ detail }) => void end(detail.id === "everywhere"),
    },
  ];
}
