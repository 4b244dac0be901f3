import { useTranslation } from "react-i18next";
import { isGone } from "../lib/is-gone.ts";
import { ErrorAlert } from "./ErrorAlert.tsx";
import { LinkButton } from "./LinkButton.tsx";
import { Page } from "./Page.tsx";
import { Pending, type PendingProps } from "./Pending.tsx";

const titles = { "/data": "data.title", "/runs": "runs.title", "/models": "models.title" } as const;

export interface UnreadRecordProps extends PendingProps {
  readonly title: string;
  /** That it would stand in. */
  readonly list: keyof typeof titles;
}

/** The page of a record that is not read yet, could not be, or is no more; then it leads to the list. */
export function UnreadRecord({ title, list, error, refetch }: UnreadRecordProps) {
  const { t } = useTranslation();
  return (
    <Page title={title}>
      {isGone(error) ? (
        <>
          <ErrorAlert error={error} />
          <LinkButton to={list} variant="primary">
            {t("common.toList", { list: t(titles[list]) })}
          </LinkButton>
        </>
      ) : (
        <Pending error={error} refetch={refetch} />
      )}
    </Page>
  );
}
