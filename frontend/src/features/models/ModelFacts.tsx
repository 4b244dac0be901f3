import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ModelView } from "@systemhealer/contract/model";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { Facts } from "../../ui/Facts.tsx";
import { Notes } from "../../ui/Notes.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { KpiTable } from "./KpiTable.tsx";
import { PreparationSection } from "./PreparationSection.tsx";
import { flatSettings } from "./settings-rows.ts";
import type { StoredCard, StoredReport } from "./stored-report.ts";
import { useSettingValue } from "./use-setting-value.ts";
import "./models.css";

export interface ModelFactsProps {
  readonly model: ModelView;
  readonly card: StoredCard | undefined;
  readonly report: StoredReport | undefined;
}

const mostNamed = 20;

/** Where the model comes from and how it was made. */
export function ModelFacts({ model, card, report }: ModelFactsProps) {
  const { t } = useTranslation();
  const { field } = useSettingTexts();
  const inWords = useSettingValue();
  return (
    <SpaceBetween size="l">
      {report?.preparation && <PreparationSection report={report} preparation={report.preparation} />}
      {card && <KpiTable card={card} report={report} />}
      <ExpandableSection variant="container" headerText={t("models.settings")} headingTagOverride="h2">
        <Facts
          columns={3}
          items={flatSettings(model.settings).map(([name, value]) => ({ label: field(name), value: inWords(value) }))}
        />
      </ExpandableSection>
      <ExpandableSection variant="container" headerText={t("models.card")} headingTagOverride="h2" defaultExpanded>
        <Facts columns={3} items={useCardItems(model, card)} />
      </ExpandableSection>
    </SpaceBetween>
  );
}

function useCardItems(model: ModelView, card: StoredCard | undefined) {
  const { t } = useTranslation();
  const lists = useLists();
  const someNames = (names: readonly string[]) =>
    names.length <= mostNamed
      ? lists.names(names)
      : t("models.moreClasses", { list: lists.names(names.slice(0, mostNamed)), number: names.length - mostNamed });
  const formats = useFormats();
  const users = model.usedBy.filter((id) => id !== "active");
  const text = (label: string, value: string) => ({ label, value: <span className="model-hash">{value}</span> });
  return [
    {
      label: t("models.notes"),
      value: model.notes ? <Notes notes={model.notes} /> : t("models.noNotes"),
    },
    { label: t("models.tags"), value: lists.names(model.tags ?? []) || t("models.noTags") },
    ...(model.origin === "imported"
      ? [{ label: t("models.openRun"), value: t("models.imported") }]
      : [
          {
            label: t(model.adaptation ? "models.adaptationRun" : "models.openRun"),
            value: <RouterLink to={`/runs/${model.trainingRunId}`}>{model.trainingRunId}</RouterLink>,
          },
        ]),
    ...(model.datasetId === undefined
      ? []
      : [
          {
            label: t("models.openDataset"),
            value: <RouterLink to={`/data/${model.datasetId}`}>{model.datasetId}</RouterLink>,
          },
        ]),
    {
      label: t("models.learnedKpis"),
      value: formats.integer(card ? card.features.filter(({ used }) => used).length : model.featureCount),
    },
    {
      label: t("models.learnedClasses"),
      value: t("common.withDetail", {
        name: formats.integer(model.classes.length),
        detail: someNames(model.classes.map(({ name }) => name)),
      }),
    },
    ...(card?.trainingRows === undefined
      ? []
      : [
          {
            label: t(model.adaptation ? "adaptation.fittedRows" : "models.rows"),
            value: formats.integer(card.trainingRows),
          },
        ]),
    ...(users.length === 0
      ? []
      : [
          {
            label: t("models.usedBy"),
            value: users.map((id) => (
              <div key={id}>
                <RouterLink to={`/runs/${id}`}>{id}</RouterLink>
              </div>
            )),
          },
        ]),
    text(t("models.modelId"), model.modelId),
    text(t("models.fileHash"), model.datasetSha256),
    ...(card?.software === undefined ? [] : [text(t("models.software"), card.software)]),
  ];
}
