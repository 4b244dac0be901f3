import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { visible } from "@systemhealer/contract/visible";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { Pending } from "../../ui/Pending.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";

/** The model that diagnoses unless another is named, with its score. */
export function ActiveModel({ modelId }: { readonly modelId: string | null }) {
  const { t } = useTranslation();
  return (
    <Container header={<Header variant="h2">{t("home.activeModel")}</Header>}>
      {modelId === null ? <Box color="text-body-secondary">{t("home.noModel")}</Box> : <Score modelId={modelId} />}
    </Container>
  );
}

function Score({ modelId }: { readonly modelId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { option } = useSettingTexts();
  const { data: model, error, refetch } = useQuery(useQueries().model(modelId));
  if (!model) return <Pending error={error} refetch={refetch} />;
  const isEstimated = Boolean(model.adaptation?.expectedAccuracy);
  const facts = [
    option(model.learner),
    t("common.fact", { name: t("home.classes"), value: formats.integer(model.classes.length) }),
    t("common.fact", { name: t("home.features"), value: formats.integer(model.featureCount) }),
    formats.time(model.createdAt),
  ];
  return (
    <SpaceBetween size="s">
      <RouterLink to={`/models/${modelId}`}>{visible(model.name)}</RouterLink>
      <div>
        <dl className="home-score">
          <div>
            <dt>{t(isEstimated ? "models.expected" : "home.accuracy")}</dt>
            <dd>{formats.percent(model.accuracy)}</dd>
          </div>
          {!isEstimated && (
            <div>
              <dt>{t("home.macroF1")}</dt>
              <dd>{formats.number(model.macroF1)}</dd>
            </div>
          )}
        </dl>
        <Box color="text-body-secondary" fontSize="body-s">
          {t(isEstimated ? "models.estimated" : "home.macroF1Hint")}
        </Box>
      </div>
      <Box color="text-body-secondary">{facts.join(" · ")}</Box>
    </SpaceBetween>
  );
}
