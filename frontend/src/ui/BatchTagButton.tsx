import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { maxTagCharacters, maxTags } from "@systemhealer/contract/annotations";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tagProblem, tagsOf } from "../lib/tags.ts";
import type { Annotated, Write } from "./use-annotate.ts";
import { useBatchTags } from "./use-batch-tags.ts";

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
  const tagging = useBatchTags(records, writeOf);
  const tags = tagsOf(line);
  const problem = tagProblem(tags);
  const close = () => {
    setOpen(false);
    setLine("");
  };
  const save = () => {
    if (tags.length === 0 || problem || tagging.isPending) return;
    tagging.mutate(tags, {
      onSettled: () => {
        close();
        onDone();
      },
    });
  };
  return (
    <>
      <Button disabled={records.length === 0} onClick={() => setOpen(true)}>
        {records.length === 0 ? t("common.annotate.tag") : t("common.annotate.tagMany", { number: records.length })}
      </Button>
      {isOpen && (
        <Modal
          visible
          header={t("common.annotate.tagMany", { number: records.length })}
          closeAriaLabel={t("nav.close")}
          onDismiss={close}
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button variant="link" onClick={close}>
                  {t("common.cancel")}
                </Button>
                <Button
                  variant="primary"
                  disabled={tags.length === 0 || problem !== undefined}
                  loading={tagging.isPending}
                  onClick={save}
                >
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
            <FormField
              label={t("common.annotate.addTags")}
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
          </form>
        </Modal>
      )}
    </>
  );
}
