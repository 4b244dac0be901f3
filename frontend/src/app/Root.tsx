import I18nProvider, { type I18nProviderProps } from "@cloudscape-design/components/i18n";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { RouterProvider } from "react-router/dom";
import { localeOf, useLanguage } from "../i18n/language.ts";
import { createQueryClient } from "../lib/query-client.ts";
import { type Services, ServicesContext } from "../lib/services.ts";
import { createRoutes } from "./routes.tsx";

/** Texts of the components themselves. */
const componentTexts = {
  en: () => import("@cloudscape-design/components/i18n/messages/all.en"),
  zh: () => import("@cloudscape-design/components/i18n/messages/all.zh-CN"),
} as const;

export function Root({ services }: { readonly services: Services }) {
  const language = useLanguage();
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(createRoutes);
  const [messages, setMessages] = useState<readonly I18nProviderProps.Messages[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void componentTexts[language]().then((module) => isCurrent && setMessages([module.default]));
    return () => {
      isCurrent = false;
    };
  }, [language]);
  // What one account has read, the next one must not see.
  useEffect(
    () =>
      services.session.subscribe(() => {
        if (services.session.get() === "signed-out") queryClient.clear();
      }),
    [services, queryClient],
  );
  return (
    <ServicesContext value={services}>
      <I18nProvider locale={localeOf[language]} messages={messages}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </I18nProvider>
    </ServicesContext>
  );
}
