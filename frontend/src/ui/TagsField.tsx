import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { maxTagCharacters, maxTags } from "@systemhealer/contract/annotations";
import { useTranslation } from "react-i18next";
import { tagProblem, tagsOf } from "../lib/tags.ts";

export interface TagsFieldProps {
  readonly label: string;
  /** As typed: tags with commas between them. */
  readonly line: string;
  readonly onChange: (line: string) => void;
}

export function TagsField({ label, line, onChange }: TagsFieldProps) {
  const { t } = useTranslation();
  const problem = tagProblem(tagsOf(line));
  return (
    <FormField
      label={label}
      constraintText={t("common.annotate.tagsHint", { most: maxTags, length: maxTagCharacters })}
      errorText={
        problem &&
        (problem.code === "tooManyTags"
          ? t("common.annotate.tooManyTags", { most: maxTags })
          : t("common.annotate.tagTooLong", { tag: problem.tag, length: maxTagCharacters }))
      }
    >
      <Input value={line} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
