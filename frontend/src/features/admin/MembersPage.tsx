import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../ui/Page.tsx";
import { InviteWindow } from "./InviteWindow.tsx";
import { MemberTable } from "./MemberTable.tsx";

export function MembersPage() {
  const { t } = useTranslation();
  const [isInviting, setInviting] = useState(false);
  return (
    <Page
      title={t("admin.members.title")}
      description={t("admin.members.description")}
      actions={
        <Button variant="primary" onClick={() => setInviting(true)}>
          {t("admin.members.invite")}
        </Button>
      }
    >
      <MemberTable />
      {isInviting && <InviteWindow onClose={() => setInviting(false)} />}
    </Page>
  );
}
