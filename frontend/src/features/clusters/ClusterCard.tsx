import Autosuggest from "@cloudscape-design/components/autosuggest";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Cluster } from "@systemhealer/contract/clusters";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { shortName } from "../../lib/short-name.ts";
import { ClusterKpis } from "./ClusterKpis.tsx";
import { TypicalRows } from "./TypicalRows.tsx";

const kpisAtFirst = 5;

export interface ClusterCardProps {
  readonly label: string;
  readonly colour: string;
  /** Left out for the rows in no cluster. */
  readonly cluster: Cluster | undefined;
  readonly rows: number;
  readonly allRows: number;
  readonly name: string;
  /** Names that other clusters have already. */
  readonly knownNames: readonly string[];
  readonly onName: (name: string) => void;
}

/** One cluster: its size, its name, the KPIs that tell it from the others and its typical rows. */
export function ClusterCard({ label, colour, cluster, rows, allRows, name, knownNames, onName }: ClusterCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const kpis = cluster?.kpis ?? [];
  const exemplars = cluster?.exemplars ?? [];
  return (
    <Container
      fitHeight
      header={
        <Header
          variant="h3"
          description={t("clusters.size", { rows: formats.integer(rows), share: formats.percent(rows / allRows) })}
        >
          <span className="cluster-name">
            <svg width="14" height="14" aria-hidden="true" focusable="false">
              <circle cx="7" cy="7" r="6" fill={colour} />
            </svg>
            {label}
          </span>
        </Header>
      }
    >
      <SpaceBetween size="m">
        <FormField label={t("clusters.nameLabel", { group: label })}>
          <Autosuggest
            value={name}
            options={knownNames.filter((known) => known !== name).map((value) => ({ value }))}
            enteredTextLabel={(value) => t("clusters.use", { name: value })}
            clearAriaLabel={t("clusters.clear")}
            placeholder={t("clusters.namePlaceholder")}
            onChange={({ detail }) => onName(shortName(detail.value))}
          />
        </FormField>
        {cluster && kpis.length === 0 && <Box color="text-body-secondary">{t("clusters.noKpis")}</Box>}
        {kpis.length > 0 && <ClusterKpis label={label} kpis={kpis.slice(0, kpisAtFirst)} />}
        {kpis.length > kpisAtFirst && (
          <ExpandableSection headerText={t("clusters.allKpis", { number: formats.integer(kpis.length) })}>
            <ClusterKpis label={label} kpis={kpis} />
          </ExpandableSection>
        )}
        {cluster && <TypicalRows label={label} cluster={cluster} />}
        {exemplars.length > 0 && (
          <Box fontSize="body-s" color="text-body-secondary">
            {t("common.fact", {
              name: t("clusters.exemplars"),
              value: exemplars.map(formats.integer).join(t("common.comma")),
            })}
          </Box>
        )}
      </SpaceBetween>
    </Container>
  );
}
