import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ModelView } from "@systemhealer/contract/model";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useServices } from "../../lib/services.ts";
import { EditButton } from "../../ui/EditButton.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { useMayChange } from "../../ui/use-may-change.ts";
import { useActivate, useDeleteModels } from "./use-model-changes.ts";

/** Make active, edit, delete; what cannot be done says why. */
export function ModelActions({ model }: { readonly model: ModelView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { client } = useServices();
  const activating = useActivate();
  const remove = useDeleteModels();
  const mayChange = useMayChange();
  const users = model.usedBy.filter((id) => id !== "active");
  const guard = model.active
    ? t("models.deleteActive")
    : users.length > 0
      ? t("models.deleteUsed", { users: users.join(", ") })
      : undefined;
  const forbidden = mayChange ? undefined : t("models.needsOperator");
  const blocked = (reason: string | undefined) => (reason ? { disabled: true, disabledReason: reason } : {});
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        {...blocked(forbidden ?? guard)}
        onClick={() => {
          remove([model], () => void navigate(`/models/${model.modelId}`));
          void navigate("/models");
        }}
      >
        {t("models.delete")}
      </Button>
      <EditButton record={model} write={(body) => client.call("updateModel", { modelId: model.modelId, body })} />
      {mayChange && <LinkButton to={`/diagnose?model=${model.modelId}`}>{t("models.diagnoseWith")}</LinkButton>}
      {model.carriesSample !== false && mayChange && (
        <LinkButton to={`/adapt?model=${model.modelId}`}>{t("adaptation.title")}</LinkButton>
      )}
      {!model.active && (
        <Button
          variant="primary"
          {...blocked(forbidden)}
          loading={activating.isPending}
          onClick={() => activating.mutate(model)}
        >
          {t("models.makeActive")}
        </Button>
      )}
    </SpaceBetween>
  );
}
