import { createBrowserRouter } from "react-router";
import { loadMemberTexts } from "../i18n/language.ts";
import { Loading } from "../ui/Loading.tsx";
import { Frame } from "./Frame.tsx";
import { RouteError } from "./RouteError.tsx";

/** Every page of the portal. A page's code is fetched when it is first opened. */
export function createRoutes() {
  return createBrowserRouter([
    {
      Component: Frame,
      ErrorBoundary: RouteError,
      HydrateFallback: Loading,
      children: [
        {
          lazy: async () => ({ Component: (await import("./GuestPages.tsx")).GuestPages }),
          children: [
            {
              path: "/sign-in",
              lazy: async () => ({ Component: (await import("../features/auth/SignInPage.tsx")).SignInPage }),
            },
            {
              path: "/sign-up",
              lazy: async () => ({ Component: (await import("../features/auth/SignUpPage.tsx")).SignUpPage }),
            },
            {
              path: "/confirm",
              lazy: async () => ({ Component: (await import("../features/auth/ConfirmPage.tsx")).ConfirmPage }),
            },
            {
              path: "/forgot-password",
              lazy: async () => ({
                Component: (await import("../features/auth/ForgotPasswordPage.tsx")).ForgotPasswordPage,
              }),
            },
          ],
        },
        {
          lazy: async () => {
            const [{ MemberPages }] = await Promise.all([import("./MemberPages.tsx"), loadMemberTexts()]);
            return { Component: MemberPages };
          },
          ErrorBoundary: RouteError,
          children: [
            { path: "/", lazy: async () => ({ Component: (await import("../features/home/HomePage.tsx")).HomePage }) },
            {
              path: "/data",
              lazy: async () => ({ Component: (await import("../features/datasets/DatasetsPage.tsx")).DatasetsPage }),
            },
            {
              path: "/data/chain/:datasetId",
              lazy: async () => ({
                Component: (await import("../features/uploads/ChainProgressPage.tsx")).ChainProgressPage,
              }),
            },
            {
              path: "/data/:datasetId",
              lazy: async () => ({ Component: (await import("../features/datasets/DatasetPage.tsx")).DatasetPage }),
            },
            {
              path: "/diagnoses/:runId",
              lazy: async () => ({ Component: (await import("../features/diagnosis/ResultPage.tsx")).ResultPage }),
            },
            {
              path: "/clusters/:runId",
              lazy: async () => ({ Component: (await import("../features/clusters/ClustersPage.tsx")).ClustersPage }),
            },
            {
              path: "/runs",
              lazy: async () => ({ Component: (await import("../features/runs/RunsPage.tsx")).RunsPage }),
            },
            {
              path: "/runs/:runId",
              lazy: async () => ({ Component: (await import("../features/runs/RunPage.tsx")).RunPage }),
            },
            {
              path: "/models",
              lazy: async () => ({ Component: (await import("../features/models/ModelsPage.tsx")).ModelsPage }),
            },
            {
              path: "/models/compare",
              lazy: async () => ({ Component: (await import("../features/models/ComparePage.tsx")).ComparePage }),
            },
            {
              path: "/models/:modelId",
              lazy: async () => ({ Component: (await import("../features/models/ModelPage.tsx")).ModelPage }),
            },
            {
              path: "/settings",
              lazy: async () => ({ Component: (await import("../features/settings/SettingsPage.tsx")).SettingsPage }),
            },
            {
              lazy: async () => ({ Component: (await import("./OperatorPages.tsx")).OperatorPages }),
              children: [
                {
                  path: "/data/upload",
                  lazy: async () => ({ Component: (await import("../features/uploads/UploadPage.tsx")).UploadPage }),
                },
                {
                  path: "/data/chain",
                  lazy: async () => ({ Component: (await import("../features/uploads/ChainPage.tsx")).ChainPage }),
                },
                {
                  path: "/train",
                  lazy: async () => ({ Component: (await import("../features/training/TrainPage.tsx")).TrainPage }),
                },
                {
                  path: "/diagnose",
                  lazy: async () => ({
                    Component: (await import("../features/diagnosis/DiagnosePage.tsx")).DiagnosePage,
                  }),
                },
                {
                  path: "/verify",
                  lazy: async () => ({ Component: (await import("../features/diagnosis/VerifyPage.tsx")).VerifyPage }),
                },
                {
                  path: "/adapt",
                  lazy: async () => ({ Component: (await import("../features/adaptation/AdaptPage.tsx")).AdaptPage }),
                },
                {
                  path: "/clusters",
                  lazy: async () => ({ Component: (await import("../features/clusters/FindPage.tsx")).FindPage }),
                },
              ],
            },
            {
              lazy: async () => ({ Component: (await import("./AdminPages.tsx")).AdminPages }),
              children: [
                {
                  path: "/admin/members",
                  lazy: async () => ({ Component: (await import("../features/admin/MembersPage.tsx")).MembersPage }),
                },
                {
                  path: "/admin/quotas",
                  lazy: async () => ({ Component: (await import("../features/admin/QuotasPage.tsx")).QuotasPage }),
                },
                {
                  path: "/admin/audit",
                  lazy: async () => ({ Component: (await import("../features/admin/AuditPage.tsx")).AuditPage }),
                },
              ],
            },
            { path: "*", lazy: async () => ({ Component: (await import("./NotFoundPage.tsx")).NotFoundPage }) },
          ],
        },
      ],
    },
  ]);
}
