import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ModelView } from "@systemhealer/contract/model";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useLists } from "../../i18n/use-lists.ts";
import { useServices } from "../../lib/services.ts";
import { EditButton } from "../../ui/EditButton.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { useRefusal } from "../../ui/use-refusal.ts";
import { useActivate, useDeleteModels } from "./use-model-changes.ts";

/** Make active, edit, delete; what cannot be done says why. */
export function ModelActions({ model }: { readonly model: ModelView }) {
  const { t } = useTranslation();
  const lists = useLists();
  const navigate = useNavigate();
  const { client } = useServices();
  const activating = useActivate();
  const remove = useDeleteModels();
  const refusal = useRefusal();
  const users = model.usedBy.filter((id) => id !== "active");
  const guard = model.active
    ? t("models.deleteActive")
    : users.length > 0
      ? t("models.deleteUsed", { users: lists.names(users) })
      : undefined;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        {...refusal(guard)}
        onClick={() => {
          remove([model], () => void navigate(`/models/${model.modelId}`));
          void navigate("/models");
        }}
      >
        {t("models.delete")}
      </Button>
      <EditButton record={model} write={(body) => client.call("updateModel", { modelId: model.modelId, body })} />
      <OrderLink to={`/diagnose?model=${model.modelId}`}>{t("models.diagnoseWith")}</OrderLink>
      {model.carriesSample !== false && (
        <OrderLink to={`/adapt?model=${model.modelId}`}>{t("adaptation.title")}</OrderLink>
      )}
      {!model.active && (
        <Button
          variant="primary"
          {...refusal()}
          loading={activating.isPending}
          onClick={() => activating.mutate(model)}
        >
          {t("models.makeActive")}
        </Button>
      )}
    </SpaceBetween>
  );
}
