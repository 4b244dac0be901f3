import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { maxNotesCharacters } from "@systemhealer/contract/annotations";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeSince, isWrittenMeanwhile } from "../lib/annotation-change.ts";
import { tagProblem, tagsOf } from "../lib/tags.ts";
import { ErrorAlert } from "./ErrorAlert.tsx";
import { FormWindow } from "./FormWindow.tsx";
import { NameField } from "./NameField.tsx";
import { TagsField } from "./TagsField.tsx";
import { type Annotated, useAnnotate, type Write } from "./use-annotate.ts";

export interface AnnotationEditorProps {
  readonly record: Annotated;
  readonly write: Write;
  readonly onClose: () => void;
}

/** A window for what people write on a record: its name, notes and tags. What others write meanwhile elsewhere stays. */
export function AnnotationEditor({ record, write, onClose }: AnnotationEditorProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(record.name);
  const [notes, setNotes] = useState(record.notes ?? "");
  const [line, setLine] = useState((record.tags ?? []).join(", "));
  const [opened] = useState(record);
  const tags = tagsOf(line);
  const change = changeSince(opened, { name: name.trim(), notes: notes.trim(), tags });
  // Where somebody else has written the same meanwhile, the API refuses it by the former revision.
  const saving = useAnnotate(isWrittenMeanwhile(opened, record, change) ? opened : record, write);
  const problem = tagProblem(tags);
  const isReady = name.trim() !== "" && !problem;
  const save = () => {
    if (Object.keys(change).length === 0) onClose();
    else saving.mutate(change, { onSuccess: onClose });
  };
  return (
    <FormWindow
      title={t("common.annotate.editTitle")}
      submitText={t("common.annotate.save")}
      isReady={isReady}
      isPending={saving.isPending}
      onSubmit={save}
      onClose={onClose}
    >
      <NameField name={name} isRequired onChange={setName} />
      <TagsField label={t("common.annotate.tags")} line={line} onChange={setLine} />
      <FormField label={t("common.annotate.notes")}>
        <Textarea
          rows={4}
          value={notes}
          onChange={({ detail }) => setNotes(detail.value.slice(0, maxNotesCharacters))}
        />
      </FormField>
      <ErrorAlert error={saving.error} />
    </FormWindow>
  );
}
