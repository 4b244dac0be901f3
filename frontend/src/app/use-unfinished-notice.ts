import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { rememberedUploads } from "../features/uploads/upload-memory.ts";
import { useQueries } from "../lib/use-queries.ts";
import { dismiss, notify } from "../ui/notifications.tsx";

const uploadPage = "/data/upload";

/** Says once, at the start of a visit, that an upload of the visit before is not finished, and leads to it. */
export function useUnfinishedNotice(isSignedIn: boolean): void {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { data: session } = useQuery({ ...useQueries().session(), enabled: isSignedIn });
  const toldFor = useRef<string>(undefined);
  useEffect(() => {
    if (!session || toldFor.current === session.userId) return;
    toldFor.current = session.userId;
    const [upload] = rememberedUploads(session.userId);
    if (!upload || pathname === uploadPage) return;
    const goOn = () => {
      dismiss(toast);
      void navigate(uploadPage);
    };
    const toast = notify({
      type: "info",
      text: t("upload.unfinishedOf", { name: upload.name }),
      action: { label: t("upload.goOn"), run: goOn },
    });
  }, [session, pathname, navigate, t]);
}
