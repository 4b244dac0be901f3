import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { maxNotesCharacters, maxTagCharacters, maxTags } from "@systemhealer/contract/annotations";
import type { ModelView } from "@systemhealer/contract/model";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { tagProblem, tagsOf } from "./tags.ts";
import { useAnnotate } from "./use-model-changes.ts";

const longestName = 200;

export interface ModelEditorProps {
  readonly model: ModelView;
  readonly onClose: () => void;
}

/** A window for what people write on a model. */
export function ModelEditor({ model, onClose }: ModelEditorProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(model.name);
  const [notes, setNotes] = useState(model.notes ?? "");
  const [line, setLine] = useState((model.tags ?? []).join(", "));
  const saving = useAnnotate();
  const tags = tagsOf(line);
  const problem = tagProblem(tags);
  const isReady = name.trim() !== "" && !problem;
  const save = () => {
    if (!isReady || saving.isPending) return;
    saving.mutate({ model, change: { name: name.trim(), notes: notes.trim(), tags } }, { onSuccess: onClose });
  };
  return (
    <Modal
      visible
      header={t("models.editTitle")}
      closeAriaLabel={t("nav.close")}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button variant="primary" disabled={!isReady} loading={saving.isPending} onClick={save}>
              {t("models.save")}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <SpaceBetween size="m">
          <FormField label={t("common.name")} errorText={name.trim() === "" ? t("auth.required") : ""}>
            <Input value={name} onChange={({ detail }) => setName(detail.value.slice(0, longestName))} />
          </FormField>
          <FormField
            label={t("models.tags")}
            constraintText={t("models.tagsHint", { most: maxTags, length: maxTagCharacters })}
            errorText={
              problem &&
              (problem.code === "tooManyTags"
                ? t("models.tooManyTags", { most: maxTags })
                : t("models.tagTooLong", { tag: problem.tag, length: maxTagCharacters }))
            }
          >
            <Input value={line} onChange={({ detail }) => setLine(detail.value)} />
          </FormField>
          <FormField label={t("models.notes")}>
            <Textarea
              rows={4}
              value={notes}
              onChange={({ detail }) => setNotes(detail.value.slice(0, maxNotesCharacters))}
            />
          </FormField>
          <ErrorAlert error={saving.error} />
        </SpaceBetween>
      </form>
    </Modal>
  );
}
