import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tagProblem, tagsOf } from "../lib/tags.ts";
import { FormWindow } from "./FormWindow.tsx";
import { TagsField } from "./TagsField.tsx";
import type { Annotated, Write } from "./use-annotate.ts";
import { useBatchTags } from "./use-batch-tags.ts";
import { useRefusal } from "./use-refusal.ts";

export interface BatchTagButtonProps<R extends Annotated> {
  readonly records: readonly R[];
  readonly writeOf: (record: R) => Write;
  readonly onDone: () => void;
}

/** Tags several records at once. */
export function BatchTagButton<R extends Annotated>({ records, writeOf, onDone }: BatchTagButtonProps<R>) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [line, setLine] = useState("");
  const refusal = useRefusal();
  const tagging = useBatchTags(records, writeOf);
  const tags = tagsOf(line);
  const problem = tagProblem(tags);
  const close = () => {
    setOpen(false);
    setLine("");
  };
  const save = () => {
    tagging.mutate(tags, {
      onSettled: () => {
        close();
        onDone();
      },
    });
  };
  return (
    <>
      <Button disabled={records.length === 0} {...refusal()} onClick={() => setOpen(true)}>
        {records.length === 0 ? t("common.annotate.tag") : t("common.annotate.tagMany", { number: records.length })}
      </Button>
      {isOpen && (
        <FormWindow
          title={t("common.annotate.tagMany", { number: records.length })}
          submitText={t("common.annotate.save")}
          isReady={tags.length > 0 && !problem}
          isPending={tagging.isPending}
          onSubmit={save}
          onClose={close}
        >
          <TagsField label={t("common.annotate.addTags")} line={line} onChange={setLine} />
        </FormWindow>
      )}
    </>
  );
}
