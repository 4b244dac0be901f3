import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { maxNotesCharacters, maxTagCharacters, maxTags } from "@systemhealer/contract/annotations";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tagProblem, tagsOf } from "../lib/tags.ts";
import { ErrorAlert } from "./ErrorAlert.tsx";
import { type Annotated, useAnnotate, type Write } from "./use-annotate.ts";

const longestName = 200;

export interface AnnotationEditorProps {
  readonly record: Annotated;
  readonly write: Write;
  readonly onClose: () => void;
}

/** A window for what people write on a record: its name, notes and tags. */
export function AnnotationEditor({ record, write, onClose }: AnnotationEditorProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(record.name);
  const [notes, setNotes] = useState(record.notes ?? "");
  const [line, setLine] = useState((record.tags ?? []).join(", "));
  const saving = useAnnotate(record, write);
  const tags = tagsOf(line);
  const problem = tagProblem(tags);
  const isReady = name.trim() !== "" && !problem;
  const save = () => {
    if (!isReady || saving.isPending) return;
    saving.mutate({ name: name.trim(), notes: notes.trim(), tags }, { onSuccess: onClose });
  };
  return (
    <Modal
      visible
      header={t("common.annotate.editTitle")}
      closeAriaLabel={t("nav.close")}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button variant="primary" disabled={!isReady} loading={saving.isPending} onClick={save}>
              {t("common.annotate.save")}
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
            label={t("common.annotate.tags")}
            constraintText={t("common.annotate.tagsHint", { most: maxTags, length: maxTagCharacters })}
            errorText={
              problem &&
              (problem.code === "tooManyTags"
                ? t("common.annotate.tooManyTags", { most: maxTags })
                : t("common.annotate.tagTooLong", { tag: problem.tag, length: maxTagCharacters }))
            }
          >
            <Input value={line} onChange={({ detail }) => setLine(detail.value)} />
          </FormField>
          <FormField label={t("common.annotate.notes")}>
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
