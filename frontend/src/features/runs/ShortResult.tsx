import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useTranslation } from "react-i18next";
import { Facts, type FactsProps } from "../../ui/Facts.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";

export interface ShortResultProps {
  readonly facts: FactsProps["items"];
  /** Of the page with the whole result. */
  readonly to: string;
  readonly linkText: string;
}

/** What came of a run, in short; the rest has a page of its own. */
export function ShortResult({ facts, to, linkText }: ShortResultProps) {
  const { t } = useTranslation();
  const link = (
    <LinkButton variant="primary" to={to}>
      {linkText}
    </LinkButton>
  );
  return (
    <Container
      header={
        <Header variant="h2" actions={link}>
          {t("runs.result")}
        </Header>
      }
    >
      <Facts columns={facts.length} items={facts} />
    </Container>
  );
}
